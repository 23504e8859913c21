/** @import { AliasImported } from '../../services/apiTypes.js' */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { importAliases } from '../../services/api.js';
import { FileButton } from '../../ui/composites/FileButton.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { useSaid } from './useAliasEdits.js';

/** The server takes 16 MiB with the JSON around it. */
const LARGEST = 12 * 1024 * 1024;
const ENDINGS = '.json,.csv,.txt,application/json,text/csv,text/plain';

/** @param {{ plan: AliasImported, busy: boolean, onImport: (replace: boolean) => void }} props */
function Plan({ plan, busy, onImport }) {
  const { t } = useT();
  const [replace, setReplace] = useState(false);
  const count = plan.added.length + (replace ? plan.conflicts.length : 0);
  return (
    <>
      <p>{t('aliases.import.added', { count: plan.added.length })}</p>
      {plan.same.length > 0 && <p>{t('aliases.import.same', { count: plan.same.length })}</p>}
      {plan.conflicts.length > 0 && (
        <>
          <p>
            {t('aliases.import.conflicts', { count: plan.conflicts.length })}
            <small className="alias-names">{plan.conflicts.slice(0, 20).join(', ')}</small>
          </p>
          <label className="alias-replace">
            {t('aliases.import.replace')}
            <Switch checked={replace} onChange={setReplace} />
          </label>
        </>
      )}
      <Button variant="primary" wide disabled={busy || count === 0} onClick={() => onImport(replace)}>
        {t('aliases.import.do', { count })}
      </Button>
    </>
  );
}

/** @param {{ onClose: () => void }} props */
function Import({ onClose }) {
  const { t } = useT();
  const said = useSaid();
  const [text, setText] = useState('');
  const plan = useMutation({
    mutationFn: async (/** @type {File} */ file) => {
      if (file.size > LARGEST) throw new Error(t('aliases.import.large'));
      const read = await file.text();
      setText(read);
      return importAliases({ text: read, preview: true });
    },
  });
  const write = useMutation({
    mutationFn: (/** @type {boolean} */ replace) =>
      importAliases({ text, conflicts: replace ? 'replace' : 'keep', preview: false }),
    onSuccess: async ({ added, undo }) => {
      onClose();
      await said(t('aliases.import.done', { count: added.length }), undo);
    },
  });
  const error = plan.error ?? write.error;
  return (
    <div className="alias-import">
      <p>{t('aliases.import.text')}</p>
      <div className="alias-file">
        <FileButton label={t('aliases.import.file')} accept={ENDINGS} onFiles={([file]) => file && plan.mutate(file)} />
        {plan.variables && <bdi>{plan.variables.name}</bdi>}
      </div>
      {error && (
        <p className="field-error" role="alert">
          {error.message}
        </p>
      )}
      {plan.data && <Plan plan={plan.data} busy={write.isPending} onImport={(replace) => write.mutate(replace)} />}
    </div>
  );
}

/**
 * Brings in a file of aliases, after saying what that would change.
 * @param {{ open: boolean, onClose: () => void }} props
 */
export function ImportSheet({ open, onClose }) {
  const { t } = useT();
  return (
    <Sheet open={open} onClose={onClose} title={t('aliases.import')}>
      <Import onClose={onClose} />
    </Sheet>
  );
}

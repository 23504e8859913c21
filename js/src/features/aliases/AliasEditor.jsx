/** @import { Draft } from './drafts.js' */
import { useQuery } from '@tanstack/react-query';
import { Copy, Trash2 } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { getAlias } from '../../services/api.js';
import { ApiError } from '../../services/request.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { AliasForm } from './AliasForm.jsx';
import { dropDraft, keepDraft, NEW, useDrafts } from './drafts.js';
import { isReachable, keyOf, shortName } from './naming.js';
import { ALIASES } from './useAliases.js';
import { useDeleteAlias, useSaveAlias } from './useAliasEdits.js';

/** @type {Draft} */
const blank = { name: '', category: '', text: '', etag: null };

/** @param {string} key */
function useStored(key) {
  return useQuery({
    queryKey: [ALIASES, 'one', key],
    queryFn: ({ signal }) => getAlias(key, signal),
    enabled: key !== NEW,
    retry: false,
  });
}

/** @param {{ onTheirs: () => void, onMine: () => void }} props */
function Conflict({ onTheirs, onMine }) {
  const { t } = useT();
  return (
    <div className="alias-conflict" role="alert">
      <p>{t('aliases.conflict')}</p>
      <Button onClick={onTheirs}>{t('aliases.theirs')}</Button>
      <Button onClick={onMine}>{t('aliases.mine')}</Button>
    </div>
  );
}

/**
 * @param {{
 *   aliasKey: string, stored: Draft, onDone: (name: string | null) => void, onCopy: (text: string) => void,
 *   decorate: (field: React.ReactElement<any>) => React.ReactNode,
 * }} props
 */
function Editor({ aliasKey, stored, onDone, onCopy, decorate }) {
  const { t } = useT();
  const draft = useDrafts((s) => s.of[aliasKey]) ?? stored;
  const save = useSaveAlias(aliasKey);
  const remove = useDeleteAlias();
  const isNew = aliasKey === NEW;
  const shown = { ...draft, name: shortName(draft.name, draft.category) };
  const dirty = draft.name !== stored.name || draft.category !== stored.category || draft.text !== stored.text;
  const stale = save.error instanceof ApiError && save.error.status === 412;
  const change = (/** @type {Draft} */ next) => {
    if (save.error) save.reset();
    keepDraft(aliasKey, { ...next, name: keyOf(next.name, next.category, isNew ? null : stored.name) });
  };
  const store = async (/** @type {Draft} */ wanted) => {
    await save.mutateAsync(wanted).then(
      () => onDone(wanted.name),
      () => undefined, // shown below
    );
  };
  const ready = isReachable(draft.name) && draft.text.trim() !== '';
  return (
    <form
      className="alias-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !save.isPending) void store(draft);
      }}
    >
      <AliasForm draft={shown} onChange={change} decorate={decorate} />
      {stale && !isNew && (
        <Conflict
          onTheirs={() => {
            dropDraft(aliasKey);
            save.reset();
          }}
          onMine={() => void store({ ...draft, etag: stored.etag })}
        />
      )}
      {save.error && !(stale && !isNew) && (
        <p className="field-error" role="alert">
          {stale ? t('aliases.exists') : save.error.message}
        </p>
      )}
      <footer className="alias-actions">
        {!isNew && (
          <>
            <IconButton label={t('aliases.copyToken')} onClick={() => onCopy(`$${stored.name.replace('::', ':')}$`)}>
              <Copy size={18} />
            </IconButton>
            <IconButton
              label={t('aliases.delete')}
              onClick={() =>
                stored.etag && remove.mutate({ name: aliasKey, etag: stored.etag }, { onSuccess: () => onDone(null) })
              }
            >
              <Trash2 size={18} />
            </IconButton>
          </>
        )}
        <span className="alias-space" />
        {dirty && (
          <Button variant="quiet" onClick={() => dropDraft(aliasKey)}>
            {t('aliases.revert')}
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={!dirty || !ready || save.isPending}>
          {t('aliases.save')}
        </Button>
      </footer>
    </form>
  );
}

/**
 * One alias to be changed, or a new one; edits are kept until they are saved or taken back.
 * @param {{
 *   aliasKey: string, onDone: (name: string | null) => void, onCopy: (text: string) => void,
 *   decorate: (field: React.ReactElement<any>) => React.ReactNode,
 * }} props
 */
export function AliasEditor({ aliasKey, ...rest }) {
  const stored = useStored(aliasKey);
  if (aliasKey === NEW) return <Editor aliasKey={NEW} stored={blank} {...rest} />;
  if (stored.error) return <ErrorState message={stored.error.message} onRetry={() => void stored.refetch()} />;
  if (!stored.data)
    return (
      <div className="alias-form" aria-busy="true">
        {[64, 64, 140].map((height, i) => (
          <Skeleton key={i} style={{ height }} />
        ))}
      </div>
    );
  const { answer, etag } = stored.data;
  const { name, category, text } = answer;
  return <Editor key={aliasKey} aliasKey={aliasKey} stored={{ name, category, text, etag }} {...rest} />;
}

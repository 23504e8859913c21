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

/**
 * What another device made of the alias in the meantime, beside what is being written here; one of them goes on.
 * @param {{ theirs: Draft, onTheirs: () => void, onMine: () => void }} props
 */
function Conflict({ theirs, onTheirs, onMine }) {
  const { t } = useT();
  return (
    <section className="alias-conflict" role="alert" aria-label={t('aliases.conflict')}>
      <strong>{t('aliases.conflict')}</strong>
      <p>{t('aliases.conflictText')}</p>
      <dl>
        <dt>{t('aliases.there')}</dt>
        <dd>
          {theirs.category && <small>{theirs.category}</small>}
          {theirs.text}
        </dd>
      </dl>
      <div className="alias-conflict-ways">
        <Button onClick={onTheirs}>{t('aliases.theirs')}</Button>
        <Button onClick={onMine}>{t('aliases.mine')}</Button>
      </div>
    </section>
  );
}

/** @param {Draft} one @param {Draft} other */
const saysTheSame = (one, other) =>
  one.name === other.name && one.category === other.category && one.text === other.text;

/**
 * @param {{
 *   aliasKey: string, stored: Draft, gone?: boolean, onDone: (name: string | null) => void,
 *   onCopy: (text: string) => void, decorate: (field: React.ReactElement<any>) => React.ReactNode,
 * }} props `gone` where it was deleted elsewhere while it is written here
 */
function Editor({ aliasKey, stored, gone = false, onDone, onCopy, decorate }) {
  const { t } = useT();
  const draft = useDrafts((s) => s.of[aliasKey]) ?? stored;
  const save = useSaveAlias(aliasKey);
  const remove = useDeleteAlias();
  const isNew = aliasKey === NEW || gone;
  const shown = { ...draft, name: shortName(draft.name, draft.category) };
  const dirty = !saysTheSame(draft, stored);
  // The edit began with a version that is no longer the present one.
  const overtaken = !isNew && dirty && draft.etag !== stored.etag;
  const refused = save.error instanceof ApiError && save.error.status === 412;
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
  const ready = isReachable(draft.name) && draft.text.trim() !== '' && !overtaken;
  return (
    <form
      className="alias-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !save.isPending) void store(gone ? { ...draft, etag: null } : draft);
      }}
    >
      <AliasForm draft={shown} onChange={change} decorate={decorate} />
      {gone && <p className="alias-gone">{t('aliases.gone')}</p>}
      {overtaken && (
        <Conflict
          theirs={stored}
          onTheirs={() => {
            dropDraft(aliasKey);
            save.reset();
          }}
          onMine={() => change({ ...shown, etag: stored.etag })}
        />
      )}
      {save.error && !(refused && !isNew) && (
        <p className="field-error" role="alert">
          {refused ? t('aliases.exists') : save.error.message}
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
  const draft = useDrafts((s) => s.of[aliasKey]);
  const gone = stored.error instanceof ApiError && stored.error.status === 404;
  if (gone && draft) return <Editor aliasKey={aliasKey} stored={blank} gone {...rest} />;
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

/** @import { AliasCategory, AliasCategoryChange } from '../../services/apiTypes.js' */
import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { deleteAliasCategory, putAliasCategory } from '../../services/api.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { reachable } from './naming.js';
import { useAliasCategories } from './useAliases.js';
import { useSaid } from './useAliasEdits.js';

const fail = (/** @type {Error} */ error) => toasts.add({ title: error.message, type: 'error' });

/** @param {string | null} etag */
function useChanges(etag) {
  const { t } = useT();
  const said = useSaid();
  const change = useMutation({
    mutationFn: (/** @type {{ name: string, body: AliasCategoryChange }} */ { name, body }) =>
      putAliasCategory(name, body, etag ?? ''),
    onSuccess: ({ undo }, { name }) => said(t('aliases.saved', { name }), undo),
    onError: fail,
  });
  const remove = useMutation({
    mutationFn: (/** @type {string} */ name) => deleteAliasCategory(name, etag ?? ''),
    onSuccess: ({ undo }, name) => said(t('aliases.deleted', { name }), undo),
    onError: fail,
  });
  return { change, remove };
}

/** @param {{ category: AliasCategory, changes: ReturnType<typeof useChanges> }} props */
function Category({ category, changes }) {
  const { t } = useT();
  const { name, label, color, count } = category;
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const put = (/** @type {AliasCategoryChange} */ body) => changes.change.mutate({ name, body });
  return (
    <li className="category">
      <input
        type="color"
        aria-label={t('aliases.color', { name: label || name })}
        defaultValue={color ?? '#888888'}
        onBlur={(event) => event.target.value !== (color ?? '#888888') && put({ color: event.target.value })}
      />
      <input
        className="input"
        aria-label={t('aliases.label', { name })}
        value={typed ?? (label || name)}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed !== null && typed.trim() && typed !== (label || name)) put({ label: typed.trim() });
          setTyped(null);
        }}
      />
      <small>{t('aliases.count', { count })}</small>
      <IconButton
        label={t('aliases.deleteCategory', { name: label || name })}
        onClick={() => changes.remove.mutate(name)}
      >
        <Trash2 size={18} />
      </IconButton>
    </li>
  );
}

function Categories() {
  const { t } = useT();
  const query = useAliasCategories();
  const changes = useChanges(query.data?.etag ?? null);
  const [name, setName] = useState('');
  const all = query.data?.answer.categories ?? [];
  return (
    <>
      <form
        className="chip-rewrite"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = reachable(name);
          if (wanted) changes.change.mutate({ name: wanted, body: { label: name.trim() } });
          setName('');
        }}
      >
        <input
          className="input"
          aria-label={t('aliases.newCategory')}
          placeholder={t('aliases.newCategory')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit">{t('aliases.add')}</Button>
      </form>
      <ul>
        {all.map((category) => (
          <Category key={category.name} category={category} changes={changes} />
        ))}
      </ul>
    </>
  );
}

/**
 * Names and colours of the categories.
 * @param {{ open: boolean, onClose: () => void }} props
 */
export function CategoriesSheet({ open, onClose }) {
  const { t } = useT();
  return (
    <Sheet open={open} onClose={onClose} title={t('aliases.categories')}>
      <Categories />
    </Sheet>
  );
}

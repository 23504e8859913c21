/** @import { AliasCategoryChange } from '../../services/apiTypes.js' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { deleteAliasCategory, putAliasCategory } from '../../services/api.js';
import { toasts } from '../../ui/primitives/toasts.js';
import { useSaid } from './useAliasEdits.js';
import { ALIASES } from './useAliases.js';

/**
 * Changes of the categories, each of the version that was read. One that was overtaken is refused in the server's
 * words, and what is there now is shown.
 * @param {string | null} etag of all categories
 */
export function useCategoryEdits(etag) {
  const { t } = useT();
  const said = useSaid();
  const client = useQueryClient();
  const look = () => client.invalidateQueries({ queryKey: [ALIASES] });
  const onError = (/** @type {Error} */ error) => {
    toasts.add({ title: error.message, type: 'error' });
    void look();
  };
  const change = useMutation({
    mutationFn: async (/** @type {{ name: string, body: AliasCategoryChange }} */ { name, body }) =>
      (await putAliasCategory(name, body, etag ?? '')).answer,
    onSuccess: ({ undo }, { name }) => said(t('aliases.saved', { name }), undo),
    onError,
  });
  const remove = useMutation({
    mutationFn: (/** @type {string} */ name) => deleteAliasCategory(name, etag ?? ''),
    onSuccess: ({ undo }, name) => said(t('aliases.deleted', { name }), undo),
    onError,
  });
  const order = useMutation({
    // One after the other: each is a change of what the one before left.
    mutationFn: async (/** @type {{ name: string, order: number }[]} */ changes) => {
      let present = etag ?? '';
      for (const { name, order } of changes) present = (await putAliasCategory(name, { order }, present)).etag ?? '';
    },
    onSuccess: look,
    onError,
  });
  return { change, remove, order };
}

/** @typedef {ReturnType<typeof useCategoryEdits>} CategoryEdits */

/** @import { Draft } from './drafts.js' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { deleteAlias, patchAlias, putAlias, undoChange } from '../../services/api.js';
import { toasts } from '../../ui/primitives/toasts.js';
import { dropDraft, NEW } from './drafts.js';
import { ALIASES } from './useAliases.js';

/** Says what was done, with the way back. */
export function useSaid() {
  const { t } = useT();
  const client = useQueryClient();
  const look = () => client.invalidateQueries({ queryKey: [ALIASES] });
  return async (/** @type {string} */ title, /** @type {string | null | undefined} */ undo) => {
    await look();
    if (!undo) return;
    const back = () => undoChange(undo).then(look, (error) => toasts.add({ title: error.message, type: 'error' }));
    toasts.add({ title, timeout: 8000, actionProps: { children: t('compose.undo'), onClick: () => void back() } });
  };
}

/**
 * Saves a draft: a new alias, or the version that was read.
 * @param {string} key the alias's name until now, or NEW
 */
export function useSaveAlias(key) {
  const { t } = useT();
  const said = useSaid();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (/** @type {Draft} */ { name, category, text, etag }) => {
      if (key === NEW || etag === null) return (await putAlias(name, { text, category }, null)).answer;
      return (await patchAlias(key, { name, text, category }, etag)).answer;
    },
    onSuccess: async ({ undo }, { name }) => {
      dropDraft(key);
      await said(t('aliases.saved', { name }), undo);
    },
    // Refused or gone: the editor shows what is there now beside what was written.
    onError: () => client.invalidateQueries({ queryKey: [ALIASES] }),
  });
}

export function useDeleteAlias() {
  const { t } = useT();
  const said = useSaid();
  return useMutation({
    mutationFn: (/** @type {{ name: string, etag: string }} */ { name, etag }) => deleteAlias(name, etag),
    onSuccess: async ({ undo }, { name }) => {
      dropDraft(name);
      await said(t('aliases.deleted', { name }), undo);
    },
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
  });
}

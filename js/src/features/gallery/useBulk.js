/** What is done with many pictures at once. */
import { useMutation } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { mediaUrl, trashItems, undoChange, zipItems, zipUrl } from '../../services/api.js';
import { toasts } from '../../ui/primitives/toasts.js';

const fail = (/** @type {Error} */ error) => toasts.add({ title: error.message, type: 'error' });

/** Lets the browser save what an address answers with; nothing of it is held by the page. @param {string} url */
function save(url) {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * Into the trash, with the way back.
 * @param {{ onGone: () => void, onBack: () => void }} after
 */
export function useTrashMany({ onGone, onBack }) {
  const { t } = useT();
  const back = useMutation({ mutationFn: undoChange, onSuccess: onBack, onError: fail });
  return useMutation({
    mutationFn: (/** @type {string[]} */ ids) => trashItems(ids),
    onSuccess: (answer, ids) => {
      const { undo } = answer;
      const stayed = /** @type {{ errors?: string[] }} */ (answer).errors?.length ?? 0;
      const count = ids.length - stayed;
      onGone();
      toasts.add({
        title: t('gallery.trashed', { count }),
        ...(stayed > 0 && { description: t('gallery.stayed', { count: stayed }), type: 'error' }),
        timeout: 10_000,
        ...(undo && { actionProps: { children: t('undo'), onClick: () => back.mutate(undo) } }),
      });
    },
    onError: fail,
  });
}

/** One file as it is; several as an archive that the server writes while it sends. */
export function useDownloadMany() {
  return useMutation({
    mutationFn: async (/** @type {string[]} */ ids) => {
      const [only] = ids;
      if (only !== undefined && ids.length === 1) return mediaUrl(only, { download: true });
      return zipUrl((await zipItems(ids)).url);
    },
    onSuccess: save,
    onError: fail,
  });
}

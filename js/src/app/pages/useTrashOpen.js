/** @import { Picture } from '../../services/apiTypes.js' */
/** @import { Filter } from '../../features/gallery/filter.js' */
/** @import { GridHandle } from '../../features/gallery/Grid.jsx' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { adopt, indexOf } from '../../features/gallery/adopt.js';
import { headKey } from '../../features/gallery/useGallery.js';
import { useT } from '../../i18n/useT.js';
import { trashItems, undoChange } from '../../services/api.js';
import { toasts } from '../../ui/primitives/toasts.js';

const fail = (/** @type {Error} */ error) => toasts.add({ title: error.message, type: 'error' });

/**
 * Moves the open picture into the trash and goes on to the next, which takes its place; after the last there is none.
 * @param {Filter} filter
 * @param {{
 *   index: number, itemAt: (index: number) => Picture | undefined, looking: GridHandle['looking'],
 *   onIndex: (index: number, id: string) => void, onClose: () => void,
 * }} open `looking`: what the grid behind shall keep in its place
 */
export function useTrashOpen(filter, { index, itemAt, looking, onIndex, onClose }) {
  const { t } = useT();
  const client = useQueryClient();
  /** Takes the list as it is now and looks for a picture in it. @param {Set<string>} gone @param {string} id */
  const goOnAt = async (gone, id) => {
    await adopt(client, filter, looking(gone));
    const head = client.getQueryData(headKey(filter));
    const at = head
      ? await indexOf(filter, /** @type {import('../../features/gallery/adopt.js').Head} */ (head), id)
      : null;
    if (at !== null) onIndex(at, id);
  };
  const back = useMutation({
    mutationFn: (/** @type {{ undo: string, id: string }} */ { undo }) => undoChange(undo),
    onSuccess: (_, { id }) => goOnAt(new Set(), id),
    onError: fail,
  });
  return useMutation({
    mutationFn: (/** @type {Picture} */ { id }) => trashItems([id]),
    onSuccess: async ({ undo }, { id }) => {
      const next = itemAt(index + 1) ?? itemAt(index - 1);
      toasts.add({
        title: t('viewer.trashed'),
        timeout: 8000,
        ...(undo && { actionProps: { children: t('undo'), onClick: () => back.mutate({ undo, id }) } }),
      });
      if (next) await goOnAt(new Set([id]), next.id);
      else onClose();
    },
    onError: fail,
  });
}

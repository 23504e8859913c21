/** @import { Filter } from '../../features/gallery/filter.js' */
/** @import { GridHandle } from '../../features/gallery/Grid.jsx' */
import { useGalleryHead, useGalleryItems } from '../../features/gallery/useGallery.js';
import { RunAgain } from '../../features/runs/RunAgain.jsx';
import { Viewer } from '../../features/viewer/Viewer.jsx';
import { useCopy } from '../useCopy.js';
import { useFillForm } from '../useFillForm.js';
import { useTrashOpen } from './useTrashOpen.js';
import { ViewerActions } from './ViewerActions.jsx';

/** How many neighbours are known before they are swiped to. */
const AROUND = 4;

/**
 * @param {{
 *   filter: Filter, index: number, looking: GridHandle['looking'],
 *   onIndex: (index: number, id: string) => void, onClose: () => void,
 * }} props
 */
export function ViewerOverGallery({ filter, index, looking, onIndex, onClose }) {
  const copy = useCopy();
  const fill = useFillForm();
  const head = useGalleryHead(filter);
  const { itemAt } = useGalleryItems(filter, head.data, {
    first: Math.max(0, index - AROUND),
    last: index + AROUND + 1,
    paused: false,
  });
  const trash = useTrashOpen(filter, { index, itemAt, looking, onIndex, onClose });
  const count = head.data?.total_items ?? 0;
  if (count === 0) return null;
  return (
    <Viewer
      index={Math.min(index, count - 1)}
      count={count}
      itemAt={itemAt}
      onIndex={(at) => onIndex(at, itemAt(at)?.id ?? String(at))}
      onClose={onClose}
      onCopy={copy}
      quick={(item) => <ViewerActions item={item} onTrash={() => trash.mutate(item)} trashing={trash.isPending} />}
      onDelete={(item) => !trash.isPending && trash.mutate(item)}
      actions={(item) => <RunAgain id={item.id} onTweak={({ workflow, values }) => fill(workflow, values)} />}
    />
  );
}

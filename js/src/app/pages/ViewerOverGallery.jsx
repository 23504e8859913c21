/** @import { FieldValue, Remix } from '../../services/apiTypes.js' */
/** @import { Filter } from '../../features/gallery/filter.js' */
import { useGalleryHead, useGalleryItems } from '../../features/gallery/useGallery.js';
import { RunAgain } from '../../features/runs/RunAgain.jsx';
import { Viewer } from '../../features/viewer/Viewer.jsx';
import { useForms } from '../../features/workflow/formStore.js';
import { useCopy } from '../useCopy.js';

/** How many neighbours are known before they are swiped to. */
const AROUND = 4;

/** @param {Remix} remix what a picture has for the form of its workflow */
function openForm({ workflow, values }) {
  const forms = useForms.getState();
  forms.change(workflow, (entry) => ({
    values: { ...entry.values, .../** @type {Record<string, FieldValue>} */ (values) },
  }));
  forms.choose(workflow);
  location.assign('#/controls');
}

/**
 * @param {{ filter: Filter, index: number, onIndex: (index: number, id: string) => void, onClose: () => void }} props
 */
export function ViewerOverGallery({ filter, index, onIndex, onClose }) {
  const copy = useCopy();
  const head = useGalleryHead(filter);
  const { itemAt } = useGalleryItems(filter, head.data, {
    first: Math.max(0, index - AROUND),
    last: index + AROUND + 1,
    paused: false,
  });
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
      actions={(item) => <RunAgain id={item.id} onTweak={openForm} />}
    />
  );
}

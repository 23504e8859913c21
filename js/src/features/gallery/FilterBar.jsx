/** @import { Filter } from './filter.js' */
import { ChevronLeft, Folder, SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { trail } from './filter.js';
import { useFolders } from './useFolders.js';

// Not needed to show the first pictures.
const ViewMenu = lazy(() => import('./ViewMenu.jsx').then((m) => ({ default: m.ViewMenu })));

const KINDS = /** @type {const} */ (['all', 'image', 'video', 'audio']);

/** Keeps the place of the button that is still being fetched. */
function StandIn() {
  return (
    <span className="icon-button view-menu" aria-hidden="true">
      <SlidersHorizontal size={20} />
    </span>
  );
}

/** @param {{ filter: Filter, onChange: (filter: Filter) => void }} props */
export function FilterBar({ filter, onChange }) {
  const { t } = useT();
  const folders = useFolders(filter.folder);
  const above = trail(filter.folder);
  const parent = above.at(-2)?.path ?? '';
  return (
    <div className="filter-line">
      <div className="filter-bar" role="group" aria-label={t('gallery.filters')}>
        {above.length > 0 && (
          <Chip onClick={() => onChange({ ...filter, folder: parent })} aria-label={t('gallery.folderUp')}>
            <ChevronLeft size={16} />
            {above.at(-2)?.name ?? t('gallery.everything')}
          </Chip>
        )}
        {KINDS.map((kind) => (
          <Chip key={kind} pressed={filter.kind === kind} onClick={() => onChange({ ...filter, kind })}>
            {t(`gallery.kind.${kind}`)}
          </Chip>
        ))}
        {folders.data?.map((folder) => (
          <Chip key={folder.subfolder} onClick={() => onChange({ ...filter, folder: folder.subfolder })}>
            <Folder size={16} />
            {folder.filename}
          </Chip>
        ))}
      </div>
      <Suspense fallback={<StandIn />}>
        <ViewMenu />
      </Suspense>
    </div>
  );
}

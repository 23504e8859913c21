/** @import { Filter } from '../../features/gallery/filter.js' */
/** @import { GridHandle } from '../../features/gallery/Grid.jsx' */
import { Settings } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { FilterBar } from '../../features/gallery/FilterBar.jsx';
import { filterOf, routeOf, trail } from '../../features/gallery/filter.js';
import { Gallery } from '../../features/gallery/Gallery.jsx';
import { useGalleryHead } from '../../features/gallery/useGallery.js';
import { useT } from '../../i18n/useT.js';
import { useOpenItem } from './useOpenItem.js';

const ViewerOverGallery = lazy(() => import('./ViewerOverGallery.jsx').then((m) => ({ default: m.ViewerOverGallery })));

/** Where there is no grid yet. */
const NOWHERE = { anchor: null, seen: 60 };

/** @param {{ filter: Filter }} props */
function Head({ filter }) {
  const { t } = useT();
  const head = useGalleryHead(filter);
  const total = head.data?.total_items;
  return (
    <header className="page-head">
      <h1>{trail(filter.folder).at(-1)?.name ?? t('gallery.title')}</h1>
      <span className="count">{total === undefined ? '' : t('gallery.count', { count: total })}</span>
      <Link href="/settings" className="icon-button phone-only" aria-label={t('nav.settings')}>
        <Settings size={22} />
      </Link>
    </header>
  );
}

export function GalleryPage() {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const folder = params.get('folder') ?? '';
  const kind = params.get('kind') ?? '';
  const filter = useMemo(() => filterOf(new URLSearchParams({ folder, kind })), [folder, kind]);
  const grid = useRef(/** @type {GridHandle | null} */ (null));
  const { open, show, move, close } = useOpenItem(filter, params.get('view'));
  const change = useCallback((/** @type {Filter} */ next) => navigate(routeOf(next)), [navigate]);
  return (
    <section className="gallery">
      <div className="gallery-top">
        <Head filter={filter} />
        <FilterBar filter={filter} onChange={change} />
      </div>
      <div className="gallery-body">
        <Gallery
          filter={filter}
          held={open !== null}
          onOpen={show}
          onShowAll={() => change({ folder: '', kind: 'all' })}
          handle={grid}
        />
      </div>
      {open && (
        <Suspense>
          <ViewerOverGallery
            filter={filter}
            index={open.index}
            looking={(gone) => grid.current?.looking(gone) ?? NOWHERE}
            onIndex={(index, id) => {
              move(index, id);
              grid.current?.reveal(index);
            }}
            onClose={() => {
              close();
              grid.current?.focus();
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

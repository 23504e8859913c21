/** @import { Filter } from './filter.js' */
/** @import { GridHandle } from './Grid.jsx' */
import { Images } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Grid } from './Grid.jsx';
import { GridSkeleton } from './GridSkeleton.jsx';
import { rememberedPlace, rememberPlace } from './place.js';
import { useGalleryHead, useGalleryItems } from './useGallery.js';
import './gallery.css';

/** @param {{ filter: Filter, onShowAll: () => void }} props */
function Nothing({ filter, onShowAll }) {
  const { t } = useT();
  const narrowed = filter.folder !== '' || filter.kind !== 'all';
  return (
    <EmptyState
      icon={<Images size={32} />}
      title={narrowed ? t('gallery.nothingHere') : t('gallery.empty')}
      text={narrowed ? t('gallery.nothingHereText') : t('gallery.emptyText')}
    >
      {narrowed && <Button onClick={onShowAll}>{t('gallery.showAll')}</Button>}
    </EmptyState>
  );
}

/**
 * The grid with its states: first load, nothing, trouble.
 * @param {{ filter: Filter, onOpen: (index: number) => void, onShowAll: () => void, handle?: React.Ref<GridHandle> }} props
 */
export function Gallery({ filter, onOpen, onShowAll, handle }) {
  const { t } = useT();
  const tileSize = usePreferences((p) => p.tileSize);
  const head = useGalleryHead(filter);
  const [window, setWindow] = useState({ first: 0, last: 0, paused: false });
  const items = useGalleryItems(filter, head.data, window);
  const onPlace = useCallback((/** @type {number} */ index) => rememberPlace(filter, index), [filter]);

  if (head.isError) return <ErrorState message={head.error.message} onRetry={() => head.refetch()} />;
  if (!head.data || head.isPlaceholderData) return <GridSkeleton tileSize={tileSize} label={t('loading')} />;
  if (head.data.total_items === 0) return <Nothing filter={filter} onShowAll={onShowAll} />;
  return (
    <>
      <Grid
        key={JSON.stringify(filter)}
        handle={handle}
        total={head.data.total_items}
        itemAt={items.itemAt}
        tileSize={tileSize}
        startAt={rememberedPlace(filter)}
        onWindow={setWindow}
        onPlace={onPlace}
        onOpen={onOpen}
        label={t('gallery.pictures')}
      />
      {items.error && (
        <div className="grid-trouble" role="alert">
          <span>{items.error.message}</span>
          <Button variant="quiet" onClick={items.retry}>
            {t('retry')}
          </Button>
        </div>
      )}
    </>
  );
}

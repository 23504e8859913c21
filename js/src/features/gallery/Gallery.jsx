/** @import { Filter } from './filter.js' */
/** @import { Head } from './adopt.js' */
/** @import { GridHandle, Place } from './Grid.jsx' */
import { ArrowUp, Images } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { chunksFor } from './chunks.js';
import { Grid } from './Grid.jsx';
import { GridSkeleton } from './GridSkeleton.jsx';
import { rememberedPlace, rememberPlace } from './place.js';
import { usePlaceStore } from './placeStore.js';
import { Scrubber } from './Scrubber.jsx';
import { countOf } from './selection.js';
import { useDownloadMany, useTrashMany } from './useBulk.js';
import { useGalleryHead, useGalleryItems } from './useGallery.js';
import { useLiveGallery } from './useLiveGallery.js';
import { useSelection } from './useSelection.js';
import './gallery.css';
import './scrubber.css';

// Not needed to show the first pictures.
const SelectionBar = lazy(() => import('./SelectionBar.jsx').then((m) => ({ default: m.SelectionBar })));

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

const NOWHERE = { anchor: null, seen: 60 };

/**
 * The grid over everything the filter lets through, as it is at this moment.
 * @param {{ filter: Filter, head: Head, held: boolean, onOpen: (index: number) => void, handle?: React.Ref<GridHandle> }} props
 */
function Library({ filter, head, held, onOpen, handle }) {
  const { t } = useT();
  const tileSize = usePreferences((p) => p.tileSize);
  const view = usePreferences((p) => p.view);
  const set = usePreferences((p) => p.set);
  const grid = useRef(/** @type {GridHandle | null} */ (null));
  const { window, onWindow } = useLoadedWindow(head.total_items);
  const place = usePlaceStore();
  const [startAt] = useState(() => rememberedPlace(filter));
  const [fresh, setFresh] = useState(0);
  const items = useGalleryItems(filter, head, window);
  useImperativeHandle(handle, () => /** @type {GridHandle} */ (grid.current));
  const remove = useRef(() => {});
  const choice = useSelection(filter, head, items.itemAt, () => remove.current());
  const lookAgain = useLiveGallery(filter, {
    held: held || choice.painting,
    outdated: items.outdated,
    looking: (gone) => grid.current?.looking(gone) ?? NOWHERE,
    onCreated: (count) => place.get().fraction > 0 && setFresh((was) => was + count),
    onRemoved: choice.forget,
  });
  const trash = useTrashMany({
    onGone: () => {
      lookAgain(choice.ids);
      choice.choosing.none();
    },
    onBack: () => lookAgain([]),
  });
  const download = useDownloadMany();
  const busy = choice.busy || trash.isPending || download.isPending;
  useEffect(() => {
    remove.current = () => !busy && trash.mutate([...choice.ids]);
  });
  const onTileSize = useCallback((/** @type {number} */ size) => set({ tileSize: Math.round(size) }), [set]);
  const onPlace = useCallback(
    (/** @type {Place} */ at) => {
      place.set(at);
      if (!at.moving) rememberPlace(filter, at.index);
      if (at.fraction === 0) setFresh(0);
    },
    [filter, place],
  );
  return (
    <>
      <div className="gallery-list" data-choosing={choice.choosing.selection !== null || undefined}>
        <Grid
          handle={grid}
          total={head.total_items}
          itemAt={items.itemAt}
          view={view}
          tileSize={tileSize}
          onTileSize={onTileSize}
          startAt={startAt}
          shift={head.shift}
          onWindow={onWindow}
          onPlace={onPlace}
          onOpen={onOpen}
          choosing={choice.choosing}
          label={t('gallery.pictures')}
        />
        <Scrubber
          filter={filter}
          total={head.total_items}
          store={place}
          onJump={(fraction) => grid.current?.toFraction(fraction)}
          onIndex={(index) => grid.current?.toIndex(index)}
        />
        <div className="new-pill" role="status">
          {fresh > 0 && (
            <Button variant="primary" onClick={() => grid.current?.toTop()}>
              <ArrowUp size={16} />
              {t('gallery.new', { count: fresh })}
            </Button>
          )}
        </div>
        {items.error && (
          <div className="grid-trouble" role="alert">
            <span>{items.error.message}</span>
            <Button variant="quiet" onClick={items.retry}>
              {t('retry')}
            </Button>
          </div>
        )}
      </div>
      {choice.choosing.selection && (
        <Suspense>
          <SelectionBar
            count={countOf(choice.choosing.selection, items.itemAt)}
            total={head.total_items}
            busy={busy}
            onNone={choice.choosing.none}
            onAll={choice.choosing.all}
            onDay={choice.day}
            onDownload={() => download.mutate([...choice.ids])}
            onTrash={() => trash.mutate([...choice.ids])}
          />
        </Suspense>
      )}
    </>
  );
}

/**
 * Which part of the list is loaded; it changes with the chunks, not with every row.
 * @param {number} total
 */
function useLoadedWindow(total) {
  const [window, setWindow] = useState({ first: 0, last: 0, paused: false });
  const onWindow = useCallback(
    (/** @type {{ first: number, last: number, paused: boolean }} */ next) =>
      setWindow((was) =>
        was.paused === next.paused &&
        String(chunksFor(was.first, was.last, total)) === String(chunksFor(next.first, next.last, total))
          ? was
          : next,
      ),
    [total],
  );
  return { window, onWindow };
}

/**
 * The gallery with its states: first load, nothing, trouble.
 * @param {{
 *   filter: Filter, held: boolean, onOpen: (index: number) => void, onShowAll: () => void, handle?: React.Ref<GridHandle>,
 * }} props `held`: nothing may move now, a picture is open
 */
export function Gallery({ filter, held, onOpen, onShowAll, handle }) {
  const { t } = useT();
  const tileSize = usePreferences((p) => p.tileSize);
  const head = useGalleryHead(filter);
  if (head.isPending) return <GridSkeleton tileSize={tileSize} label={t('loading')} />;
  if (!head.data) return <ErrorState message={head.error?.message ?? ''} onRetry={() => head.refetch()} />;
  if (head.data.total_items === 0)
    return (
      <>
        <Waiting filter={filter} />
        <Nothing filter={filter} onShowAll={onShowAll} />
      </>
    );
  return (
    <Library
      key={JSON.stringify(filter)}
      filter={filter}
      head={head.data}
      held={held}
      onOpen={onOpen}
      handle={handle}
    />
  );
}

/**
 * An empty gallery waits for its first picture.
 * @param {{ filter: Filter }} props
 */
function Waiting({ filter }) {
  useLiveGallery(filter, { held: false, outdated: false, looking: () => NOWHERE, onCreated: () => {} });
  return null;
}

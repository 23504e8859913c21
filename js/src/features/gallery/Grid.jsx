/** @import { Picture } from '../../services/apiTypes.js' */
/** @import { Selection } from './selection.js' */
/** @import { Shift } from './useSeating.js' */
/** @import { Spot } from './useVirtualRows.js' */
import { memo, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { press } from './gridKeys.js';
import { GridRow } from './GridRow.jsx';
import { FEED, feedLayout, GAP, gridLayout, positionToShow, sizeForColumns, thumbWidth } from './layout.js';
import { useSeating } from './useSeating.js';
import { useTouch } from './useTouch.js';
import { useVirtualRows } from './useVirtualRows.js';
import { useWidth } from './useWidth.js';

/**
 * @typedef {object} GridHandle
 * @property {(index: number) => void} reveal scrolls as little as possible until the item is seen
 * @property {() => void} focus
 * @property {() => void} toTop
 * @property {(index: number) => void} toIndex puts the item's row at the top
 * @property {(fraction: number) => void} toFraction 0 is the newest, 1 the oldest
 * @property {(gone: Set<string>) => { anchor: { id: string, index: number } | null, seen: number }} looking
 */

/**
 * What is at the top of the window: the first and last item of its row, and how far down the list that is (0 to 1).
 * @typedef {{ index: number, rowEnd: number, fraction: number, moving: boolean }} Place
 */

/**
 * What becomes of tiles that are chosen. All of it by place.
 * @typedef {object} Choosing
 * @property {Selection | null} selection null while nothing is chosen: the grid is drawn as if there were no such thing
 * @property {(index: number) => void} toggle
 * @property {(from: number, to: number) => void} extend
 * @property {(index: number) => void} rangeTo from where the choice began
 * @property {(index: number) => void} hold
 * @property {(index: number) => void} paint
 * @property {() => void} paintEnd
 * @property {() => void} all
 * @property {() => void} none
 * @property {() => void} remove
 */

/** The corner of a tile that chooses it by mouse, px. */
const CORNER = 40;

/** @param {React.MouseEvent} event */
function tileOf({ target }) {
  const tile = target instanceof Element ? target.closest('[data-index]') : null;
  return tile instanceof HTMLElement ? tile : null;
}

/** @param {React.MouseEvent} event @param {HTMLElement} tile */
function isInCorner({ clientX, clientY, nativeEvent }, tile) {
  if (/** @type {PointerEvent} */ (nativeEvent).pointerType !== 'mouse') return false;
  const box = tile.getBoundingClientRect();
  return clientX - box.left < CORNER && clientY - box.top < CORNER;
}

/**
 * Every picture of the listing as one scroll, of which only the rows in sight exist.
 * @param {{
 *   total: number,
 *   itemAt: (index: number) => Picture | undefined,
 *   view: 'grid' | 'feed',
 *   tileSize: number,
 *   onTileSize: (size: number) => void,
 *   startAt: number,
 *   shift: Shift,
 *   onWindow: (window: { first: number, last: number, paused: boolean }) => void,
 *   onPlace: (place: Place) => void,
 *   onOpen: (index: number) => void,
 *   choosing: Choosing,
 *   label: string,
 *   handle?: React.Ref<GridHandle>,
 * }} props
 */
function PlainGrid({
  total,
  itemAt,
  view,
  tileSize,
  onTileSize,
  startAt,
  shift,
  onWindow,
  onPlace,
  onOpen,
  choosing,
  label,
  handle,
}) {
  const { lang } = useT();
  const feed = view === 'feed';
  const { ref: widthRef, width, screen } = useWidth();
  const { columns, rowHeight, tile } = feed ? feedLayout(width, screen) : gridLayout(width, tileSize);
  const { seat, straighten } = useSeating(shift, columns);
  const { lead } = seat;
  const count = width > 0 ? Math.ceil((total + lead) / columns) : 0;
  const [active, setActive] = useState(/** @type {number | null} */ (null));
  const layout = `${columns}x${rowHeight}`;
  /** What stays where it is when tiles change their size: an item, how far into its row, how far down the window. */
  const anchor = useRef({ layout: '', index: startAt, part: 0, y: 0 });
  const pinching = useRef({ size: 0, y: 0 });

  const see = (/** @type {Spot} */ { vtop, height, moving }) => {
    if (height === 0 || width === 0) return;
    const row = Math.floor(vtop / rowHeight);
    const index = Math.max(0, row * columns - lead);
    if (anchor.current.layout === layout) anchor.current = { layout, index, part: vtop / rowHeight - row, y: 0 };
    const fraction = Math.min(1, vtop / Math.max(1, count * rowHeight - height));
    onPlace({ index, rowEnd: Math.min(total, index + columns) - 1, fraction, moving });
    if (vtop === 0 && !moving) straighten();
  };
  const { ref, rows, physical, spot, scrollToPosition } = useVirtualRows({
    count,
    rowHeight,
    overscan: feed ? 1 : 3,
    onMove: see,
  });

  useLayoutEffect(() => {
    const a = anchor.current;
    if (width === 0 || count === 0 || a.layout === layout) return;
    anchor.current = { ...a, layout };
    scrollToPosition((Math.floor((a.index + lead) / columns) + a.part) * rowHeight - a.y);
  }, [layout, columns, rowHeight, width, count, lead, scrollToPosition]);

  const seated = useRef(seat);
  useLayoutEffect(() => {
    if (seated.current === seat) return;
    seated.current = seat;
    if (seat.rows !== 0) scrollToPosition(spot().vtop + seat.rows * rowHeight);
  }, [seat, rowHeight, spot, scrollToPosition]);

  const indexOfCell = (/** @type {number} */ cell) => Math.min(total, Math.max(0, cell - lead));
  const first = indexOfCell(rows.first * columns);
  const last = indexOfCell(rows.last * columns);
  // Before the frame is drawn: what comes into sight is asked for while the empty tiles are painted.
  useLayoutEffect(() => onWindow({ first, last, paused: rows.fast }), [onWindow, first, last, rows.fast]);

  const rowOf = (/** @type {number} */ index) => Math.floor((index + lead) / columns);
  const reveal = (/** @type {number} */ index) => {
    setActive(index);
    const { vtop, height } = spot();
    const position = positionToShow(rowOf(index), rowHeight, { vtop, height });
    if (position !== vtop) scrollToPosition(position);
  };
  const looking = (/** @type {Set<string>} */ gone) => {
    const { vtop, height } = spot();
    const seen = Math.ceil(height / rowHeight + 1) * columns;
    const from = Math.max(0, Math.ceil(vtop / rowHeight) * columns - lead);
    const items = Array.from({ length: seen }, (_, i) => ({ index: from + i, id: itemAt(from + i)?.id }));
    const stays = items.find(({ id }) => id !== undefined && !gone.has(id));
    const atTop = vtop < rowHeight / 2;
    return { anchor: atTop || !stays?.id ? null : { id: stays.id, index: stays.index }, seen };
  };
  useImperativeHandle(handle, () => ({
    reveal,
    looking,
    focus: () => ref.current?.focus({ preventScroll: true }),
    toTop: () => scrollToPosition(0),
    toIndex: (index) => scrollToPosition(rowOf(index) * rowHeight),
    toFraction: (fraction) => scrollToPosition(fraction * Math.max(1, count * rowHeight - spot().height)),
  }));

  useTouch(ref, {
    onHold: choosing.hold,
    onPaint: choosing.paint,
    onPaintEnd: choosing.paintEnd,
    onPinchStart: ({ y }) => {
      const top = ref.current?.getBoundingClientRect().top ?? 0;
      pinching.current = { size: tile, y: y - top };
    },
    onPinch: (ratio) => {
      if (feed) return;
      const size = pinching.current.size * ratio;
      if (gridLayout(width, size).columns === columns) return;
      const at = (spot().vtop + pinching.current.y) / rowHeight;
      const row = Math.floor(at);
      anchor.current = { layout: '', index: Math.max(0, row * columns - lead), part: at - row, y: pinching.current.y };
      onTileSize(size);
    },
  });

  const isChoosing = choosing.selection !== null;
  const onClick = (/** @type {React.MouseEvent} */ event) => {
    const tileElement = tileOf(event);
    if (!tileElement) return;
    const index = Number(tileElement.dataset.index);
    if (event.shiftKey) choosing.rangeTo(index);
    else if (isChoosing || event.ctrlKey || event.metaKey || isInCorner(event, tileElement)) choosing.toggle(index);
    else onOpen(index);
  };
  const onKeyDown = (/** @type {React.KeyboardEvent} */ event) => {
    const rowsPerPage = Math.max(1, Math.floor(spot().height / rowHeight));
    const at = { here: active ?? first, active: active !== null, count: total, columns, rowsPerPage };
    const meant = press(event, at, {
      open: onOpen,
      toggle: choosing.toggle,
      extend: choosing.extend,
      all: choosing.all,
      none: isChoosing ? choosing.none : null,
      remove: isChoosing ? choosing.remove : null,
      resize: (by) => !feed && onTileSize(sizeForColumns(width, columns - by)),
      reveal,
    });
    if (meant) event.preventDefault();
  };

  const shown = active !== null && active >= first && active < last;
  const thumb = thumbWidth(tile, globalThis.devicePixelRatio || 1);
  const drawn = [];
  for (let index = rows.first; index < rows.last; index++) {
    drawn.push(
      <GridRow
        key={index - seat.base}
        index={index}
        y={index * rowHeight + rows.offset}
        height={rowHeight - (feed ? FEED.gap : GAP)}
        columns={columns}
        lead={lead}
        total={total}
        itemAt={itemAt}
        feed={feed}
        thumb={thumb}
        paused={rows.fast}
        selection={choosing.selection}
        active={active !== null && rowOf(active) === index ? active : null}
        lang={lang}
      />,
    );
  }
  return (
    <div
      ref={ref}
      className="grid"
      data-view={view}
      data-choosing={isChoosing || undefined}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count}
      aria-colcount={columns}
      aria-multiselectable="true"
      aria-activedescendant={shown ? `tile-${active}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onMouseDown={(event) => {
        // Tiles come and go while scrolling, so the focus stays with the grid.
        if (event.target === event.currentTarget) return;
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
      }}
    >
      <div ref={widthRef} className="grid-space" role="presentation" style={{ height: physical }}>
        {drawn}
      </div>
    </div>
  );
}

/** The place changes with every frame; what is around the grid must not draw it again. */
export const Grid = memo(PlainGrid);

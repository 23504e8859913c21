/** @import { Picture } from '../../services/apiTypes.js' */
import { memo, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { keepInPlace } from './changes.js';
import { GridRow } from './GridRow.jsx';
import { GAP, gridLayout, neighbour, positionToShow, thumbWidth } from './layout.js';
import { useVirtualRows } from './useVirtualRows.js';

/**
 * @typedef {object} GridHandle
 * @property {(index: number) => void} reveal scrolls as little as possible until the item is seen
 * @property {() => void} focus
 * @property {() => void} toTop
 * @property {(index: number) => void} toIndex puts the item's row at the top
 * @property {(fraction: number) => void} toFraction 0 is the newest, 1 the oldest
 * @property {(gone: Set<string>) => { anchor: { id: string, index: number } | null, seen: number }} looking
 */

/** @typedef {{ from: number, to: number } | undefined} Shift */

/**
 * What is at the top of the window: the first and last item of its row, and how far down the list that is (0 to 1).
 * @typedef {{ index: number, rowEnd: number, fraction: number, moving: boolean }} Place
 */

/**
 * Where the items sit: `lead` empty cells at the front keep the columns when items came before those that are
 * looked at, `base` keeps the identity of the rows.
 * @param {Shift} shift
 * @param {number} columns
 */
function useSeating(shift, columns) {
  const [seat, setSeat] = useState({ lead: 0, base: 0, rows: 0, shift, columns });
  if (seat.columns !== columns) setSeat({ lead: 0, base: 0, rows: 0, shift, columns });
  else if (seat.shift !== shift) {
    const kept = shift ? keepInPlace(seat, shift) : { lead: 0, rows: 0 };
    setSeat({ ...kept, base: seat.base + kept.rows, shift, columns });
  }
  const straighten = () => setSeat((was) => ({ ...was, lead: 0, rows: 0 }));
  return { seat, straighten };
}

/** The inner width of an element, 0 until it is known. */
function useWidth() {
  const ref = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return undefined;
    const measure = () => setWidth(el.clientWidth);
    const sizes = new ResizeObserver(measure);
    sizes.observe(el);
    measure();
    return () => sizes.disconnect();
  }, []);
  return { ref, width };
}

/**
 * Every picture of the listing as one scroll, of which only the rows in sight exist.
 * @param {{
 *   total: number,
 *   itemAt: (index: number) => Picture | undefined,
 *   tileSize: number,
 *   startAt: number,
 *   shift: Shift,
 *   onWindow: (window: { first: number, last: number, paused: boolean }) => void,
 *   onPlace: (place: Place) => void,
 *   onOpen: (index: number) => void,
 *   label: string,
 *   handle?: React.Ref<GridHandle>,
 * }} props
 */
function PlainGrid({ total, itemAt, tileSize, startAt, shift, onWindow, onPlace, onOpen, label, handle }) {
  const { lang } = useT();
  const { ref: widthRef, width } = useWidth();
  const { columns, rowHeight, tile } = gridLayout(width, tileSize);
  const { seat, straighten } = useSeating(shift, columns);
  const { lead } = seat;
  const count = width > 0 ? Math.ceil((total + lead) / columns) : 0;
  const { ref, rows, physical, view, scrollToPosition } = useVirtualRows({ count, rowHeight });
  const [active, setActive] = useState(/** @type {number | null} */ (null));
  const anchor = useRef({ layout: '', index: startAt, inset: 0 });

  const layout = `${columns}x${rowHeight}`;
  useLayoutEffect(() => {
    if (width === 0 || view.height === 0) return;
    const a = anchor.current;
    if (a.layout !== layout) {
      a.layout = layout;
      scrollToPosition(Math.floor(a.index / columns) * rowHeight + a.inset);
      return;
    }
    const row = Math.floor(view.vtop / rowHeight);
    anchor.current = { layout, index: row * columns, inset: view.vtop - row * rowHeight };
  }, [layout, columns, rowHeight, width, view, scrollToPosition]);

  const seated = useRef(seat);
  useLayoutEffect(() => {
    if (seated.current === seat) return;
    seated.current = seat;
    if (seat.rows !== 0) scrollToPosition(view.vtop + seat.rows * rowHeight);
  }, [seat, view, rowHeight, scrollToPosition]);

  const indexOfCell = (/** @type {number} */ cell) => Math.min(total, Math.max(0, cell - lead));
  const first = indexOfCell((rows[0]?.index ?? 0) * columns);
  const last = indexOfCell(((rows.at(-1)?.index ?? -1) + 1) * columns);
  const furthest = Math.max(1, count * rowHeight - view.height);
  useEffect(() => onWindow({ first, last, paused: view.fast }), [onWindow, first, last, view.fast]);
  useEffect(() => {
    if (view.height === 0) return;
    const index = Math.max(0, Math.floor(view.vtop / rowHeight) * columns - lead);
    const rowEnd = Math.min(total, index + columns) - 1;
    onPlace({ index, rowEnd, fraction: Math.min(1, view.vtop / furthest), moving: view.moving });
    if (view.vtop === 0 && lead > 0 && !view.moving) straighten();
  }, [onPlace, view, rowHeight, columns, lead, furthest, total]); // eslint-disable-line react-hooks/exhaustive-deps -- straighten is made anew each time

  const reveal = (/** @type {number} */ index) => {
    setActive(index);
    const position = positionToShow(Math.floor((index + lead) / columns), rowHeight, view);
    if (position !== view.vtop) scrollToPosition(position);
  };
  const looking = (/** @type {Set<string>} */ gone) => {
    const seen = Math.ceil(view.height / rowHeight + 1) * columns;
    const from = Math.max(0, Math.ceil(view.vtop / rowHeight) * columns - lead);
    const items = Array.from({ length: seen }, (_, i) => ({ index: from + i, id: itemAt(from + i)?.id }));
    const stays = items.find(({ id }) => id !== undefined && !gone.has(id));
    const atTop = view.vtop < rowHeight / 2;
    return { anchor: atTop || !stays?.id ? null : { id: stays.id, index: stays.index }, seen };
  };
  useImperativeHandle(handle, () => ({
    reveal,
    looking,
    focus: () => ref.current?.focus({ preventScroll: true }),
    toTop: () => scrollToPosition(0),
    toIndex: (index) => scrollToPosition(Math.floor((index + lead) / columns) * rowHeight),
    toFraction: (fraction) => scrollToPosition(fraction * furthest),
  }));

  const onKeyDown = (/** @type {React.KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = active ?? first;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(here);
      return;
    }
    const rowsPerPage = Math.max(1, Math.floor(view.height / rowHeight));
    const next = neighbour(event.key, here, { count: total, columns, rowsPerPage });
    if (next === null) return;
    event.preventDefault();
    reveal(active === null ? here : next);
  };

  const shown = active !== null && active >= first && active < last;
  const thumb = thumbWidth(tile, globalThis.devicePixelRatio || 1);
  return (
    <div
      ref={ref}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count}
      aria-colcount={columns}
      aria-activedescendant={shown ? `tile-${active}` : undefined}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        // Tiles come and go while scrolling, so the focus stays with the grid.
        if (event.target === event.currentTarget) return;
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
      }}
    >
      <div ref={widthRef} className="grid-space" role="presentation" style={{ height: physical }}>
        {rows.map((row) => (
          <GridRow
            key={row.index - seat.base}
            index={row.index}
            y={row.y}
            height={rowHeight - GAP}
            columns={columns}
            lead={lead}
            total={total}
            itemAt={itemAt}
            thumb={thumb}
            paused={view.fast}
            active={active !== null && Math.floor((active + lead) / columns) === row.index ? active : null}
            lang={lang}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

/** The place changes with every frame; what is around the grid must not draw it again. */
export const Grid = memo(PlainGrid);

/** @import { Picture } from '../../services/apiTypes.js' */
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { moment } from './format.js';
import { GAP, gridLayout, neighbour, positionToShow, thumbWidth } from './layout.js';
import { Tile } from './Tile.jsx';
import { useVirtualRows } from './useVirtualRows.js';

/**
 * @typedef {object} GridHandle
 * @property {(index: number) => void} reveal scrolls as little as possible until the item is seen
 * @property {() => void} focus
 */

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
 *   onWindow: (window: { first: number, last: number, paused: boolean }) => void,
 *   onPlace: (index: number) => void,
 *   onOpen: (index: number) => void,
 *   label: string,
 *   handle?: React.Ref<GridHandle>,
 * }} props
 */
export function Grid({ total, itemAt, tileSize, startAt, onWindow, onPlace, onOpen, label, handle }) {
  const { lang } = useT();
  const { ref: widthRef, width } = useWidth();
  const { columns, rowHeight, tile } = gridLayout(width, tileSize);
  const count = width > 0 ? Math.ceil(total / columns) : 0;
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

  const first = (rows[0]?.index ?? 0) * columns;
  const last = Math.min(total, ((rows.at(-1)?.index ?? -1) + 1) * columns);
  useEffect(() => onWindow({ first, last, paused: view.fast }), [onWindow, first, last, view.fast]);
  useEffect(() => {
    if (!view.fast && view.height > 0) onPlace(Math.floor(view.vtop / rowHeight) * columns);
  }, [onPlace, view, rowHeight, columns]);

  const reveal = (/** @type {number} */ index) => {
    setActive(index);
    const position = positionToShow(Math.floor(index / columns), rowHeight, view);
    if (position !== view.vtop) scrollToPosition(position);
  };
  useImperativeHandle(handle, () => ({ reveal, focus: () => ref.current?.focus({ preventScroll: true }) }));

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
          <div
            key={row.index}
            role="row"
            aria-rowindex={row.index + 1}
            className="grid-row"
            style={{
              transform: `translateY(${row.y}px)`,
              height: rowHeight - GAP,
              gridTemplateColumns: `repeat(${columns}, 1fr)`,
            }}
          >
            {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
              const index = row.index * columns + column;
              const item = itemAt(index);
              return (
                <Tile
                  key={index}
                  item={item}
                  index={index}
                  width={thumb}
                  paused={view.fast}
                  active={active === index}
                  label={item ? `${item.filename}, ${moment(item.mtime, lang)}` : ''}
                  onOpen={onOpen}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

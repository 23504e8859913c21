/** Pure geometry of the grid. */

/** Pixels between thumbnails. */
export const GAP = 2;
/** Widths the server makes (rulings: Pictures). */
const WIDTHS = [192, 256, 384, 512, 768, 1024];

/**
 * @param {number} width of the grid in px
 * @param {number} wanted width of a tile
 * @returns {{ columns: number, tile: number, rowHeight: number }}
 */
export function gridLayout(width, wanted) {
  const columns = Math.max(2, Math.round((width + GAP) / (wanted + GAP)));
  const tile = Math.max(1, Math.floor((width - GAP * (columns - 1)) / columns));
  return { columns, tile, rowHeight: tile + GAP };
}

/** Smallest and largest tile that can be wished for, px. */
export const SIZES = { least: 64, most: 400, step: 8 };

/** The wanted tile that gives one column more or fewer. @param {number} width of the grid @param {number} columns */
export const sizeForColumns = (width, columns) =>
  Math.min(SIZES.most, Math.max(SIZES.least, (width + GAP) / Math.max(2, columns) - GAP));

/** Between the pictures of a feed, and for what is written below each. */
export const FEED = { gap: 12, words: 44, widest: 720 };

/**
 * One picture after the other, each in a frame of one size: so any of a million can be found by its number.
 * @param {number} width of the grid in px
 * @param {number} screen height of the whole window in px
 * @returns {{ columns: number, tile: number, rowHeight: number }}
 */
export function feedLayout(width, screen) {
  const tile = Math.max(1, Math.min(width, FEED.widest));
  const frame = Math.max(160, Math.min(Math.round(tile * 1.25), Math.round(screen * 0.7)));
  return { columns: 1, tile, rowHeight: frame + FEED.words + FEED.gap };
}

/**
 * The width to ask for: sharp on this screen, never wider than needed.
 * @param {number} tile px
 * @param {number} density device pixels per px
 */
export function thumbWidth(tile, density) {
  const needed = tile * Math.min(density, 2); // beyond 2 nobody sees the difference on a thumbnail
  return WIDTHS.find((width) => width >= needed) ?? 1024;
}

/**
 * Where the list must be so that a row is wholly seen, moving as little as possible.
 * @param {number} row
 * @param {number} rowHeight
 * @param {{ vtop: number, height: number }} view
 */
export function positionToShow(row, rowHeight, view) {
  const top = row * rowHeight;
  if (top < view.vtop) return top;
  if (top + rowHeight > view.vtop + view.height) return top + rowHeight - view.height;
  return view.vtop;
}

/**
 * Where an arrow key leads. Null for keys that lead nowhere.
 * @param {string} key
 * @param {number} at
 * @param {{ count: number, columns: number, rowsPerPage: number }} grid
 */
export function neighbour(key, at, { count, columns, rowsPerPage }) {
  const steps = /** @type {Record<string, number>} */ ({
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * rowsPerPage,
    PageDown: columns * rowsPerPage,
    Home: -at,
    End: count - 1 - at,
  });
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  return Math.min(count - 1, Math.max(0, at + step));
}

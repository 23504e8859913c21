/** The tile of the grid that the viewer opens from and closes to. */

/** The picture of an item in the grid behind the viewer. @param {number} index */
const behind = (index) => document.querySelector(`#tile-${index} img[data-state]`);

/** @param {number} index the address of its thumbnail, if that is on the screen already */
export function shownThumb(index) {
  const img = behind(index);
  return img instanceof HTMLImageElement ? img.src : '';
}

/** Where the viewer opens from and closes to; nowhere for what the grid does not show. @param {number} index */
export function boundsBehind(index) {
  const img = behind(index);
  if (!img || !(img instanceof HTMLImageElement) || img.naturalWidth === 0) return undefined;
  const box = img.getBoundingClientRect();
  const grid = img.closest('.grid')?.getBoundingClientRect();
  if (!grid || box.bottom < grid.top || box.top > grid.bottom) return undefined;
  // The tile shows the middle of the picture: PhotoSwipe grows out of that part.
  const fill = Math.max(box.width / img.naturalWidth, box.height / img.naturalHeight);
  const [w, h] = [img.naturalWidth * fill, img.naturalHeight * fill];
  const inner = { w: box.width, h: box.height, x: (w - box.width) / 2, y: (h - box.height) / 2 };
  return { x: box.left - inner.x, y: box.top - inner.y, w, innerRect: inner };
}

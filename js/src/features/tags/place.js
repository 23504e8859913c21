/**
 * Where the suggestions stand: by the line that is typed in, inside what the keyboard leaves of the screen.
 * @typedef {{ left: number, top: number, width: number, maxHeight: number, above: boolean }} Place
 */
const GAP = 4;
const MARGIN = 8;
const WIDEST = 400;
const TALLEST = 300;
/** Less room than this below, and the place above is looked at. */
const ENOUGH = 180;

/**
 * @param {{ left: number, top: number, bottom: number }} line
 * @param {{ left: number, top: number, width: number, height: number }} screen what is visible
 * @returns {Place} `top` is the lower edge where `above`
 */
export function placeBy(line, screen) {
  const below = screen.top + screen.height - line.bottom - GAP - MARGIN;
  const above = line.top - screen.top - GAP - MARGIN;
  const up = below < ENOUGH && above > below;
  const width = Math.min(WIDEST, screen.width - 2 * MARGIN);
  const rightmost = screen.left + screen.width - MARGIN - width;
  return {
    left: Math.max(screen.left + MARGIN, Math.min(line.left - MARGIN, rightmost)),
    top: up ? line.top - GAP : line.bottom + GAP,
    width,
    maxHeight: Math.max(0, Math.min(TALLEST, up ? above : below)),
    above: up,
  };
}

/** What of the window is visible above the keyboard. */
export function visibleScreen() {
  const view = window.visualViewport;
  if (!view) return { left: 0, top: 0, width: innerWidth, height: innerHeight };
  return { left: view.offsetLeft, top: view.offsetTop, width: view.width, height: view.height };
}

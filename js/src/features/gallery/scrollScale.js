/** Tallest scroll area used. Measured ceilings: Chromium and WebKit 33,554,428 px, Firefox 17,895,698 px. */
export const TALLEST = 8_000_000;
/** At both ends this many px map 1:1, so that the first and last rows are reached without a jump. */
const EDGE = 2_000_000;
/** Faster than this many screens a second, what passes is not looked at. */
const FAST_SCREENS_PER_SECOND = 8;

/**
 * Piecewise map between the scrollbar (physical) and the place in the list (virtual), both in px.
 * @param {number} total list height
 * @param {number} view window height
 */
export function scale(total, view) {
  const maxV = Math.max(0, total - view);
  const maxP = Math.max(0, Math.min(total, TALLEST) - view);
  const k = maxV > maxP ? (maxV - 2 * EDGE) / (maxP - 2 * EDGE) : 1;
  return {
    maxV,
    maxP,
    toV: (/** @type {number} */ p) =>
      k === 1 || p <= EDGE ? p : p >= maxP - EDGE ? maxV - (maxP - p) : EDGE + (p - EDGE) * k,
    toP: (/** @type {number} */ v) =>
      k === 1 || v <= EDGE ? v : v >= maxV - EDGE ? maxP - (maxV - v) : EDGE + (v - EDGE) / k,
  };
}

/**
 * @param {number} distance px since the last look
 * @param {number} elapsed ms since then
 * @param {number} screen px
 */
export function isFast(distance, elapsed, screen) {
  if (screen <= 0 || elapsed <= 0) return false;
  return (Math.abs(distance) / screen / Math.max(elapsed, 8)) * 1000 > FAST_SCREENS_PER_SECOND;
}

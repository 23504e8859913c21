import { useEffect, useEffectEvent } from 'react';

/** A finger that stays so long, and so still, wants to choose. */
const HOLD_MS = 420;
const STILL_PX = 10;
/** Near the edges the list goes on under a painting finger: px from the edge, px a frame at most. */
const EDGE_PX = 72;
const FASTEST_PX = 22;

/** @param {HTMLElement} el @param {{ x: number, y: number }} point */
function indexAt(el, { x, y }) {
  const tile = document.elementFromPoint(x, y)?.closest('[data-index]');
  return tile instanceof HTMLElement && el.contains(tile) ? Number(tile.dataset.index) : null;
}

/** @param {Touch} touch */
const pointOf = (touch) => ({ x: touch.clientX, y: touch.clientY });

/** @param {TouchList} touches */
function pairOf(touches) {
  const [a, b] = [...touches].map(pointOf);
  if (!a || !b) return null;
  return { distance: Math.hypot(a.x - b.x, a.y - b.y), middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
}

/**
 * How fast the list goes under a finger, px a frame.
 * @param {number} y of the finger
 * @param {{ top: number, bottom: number }} box
 */
export function glideSpeed(y, { top, bottom }) {
  const into = y < top + EDGE_PX ? y - (top + EDGE_PX) : y > bottom - EDGE_PX ? y - (bottom - EDGE_PX) : 0;
  return Math.max(-1, Math.min(1, into / EDGE_PX)) * FASTEST_PX;
}

/**
 * Fingers on the grid: hold to choose and paint over tiles, two fingers for their size. One finger that
 * moves at once scrolls, as everywhere.
 * @param {React.RefObject<HTMLElement | null>} ref
 * @param {{
 *   onHold: (index: number) => void, onPaint: (index: number) => void, onPaintEnd: () => void,
 *   onPinchStart: (middle: { x: number, y: number }) => void, onPinch: (ratio: number) => void,
 * }} deeds
 */
export function useTouch(ref, deeds) {
  const held = useEffectEvent(deeds.onHold);
  const paint = useEffectEvent(deeds.onPaint);
  const painted = useEffectEvent(deeds.onPaintEnd);
  const pinchStarts = useEffectEvent(deeds.onPinchStart);
  const pinched = useEffectEvent(deeds.onPinch);

  useEffect(() => {
    const el = ref.current;
    if (!el) return undefined;
    let hold = 0;
    let frame = 0;
    let painting = false;
    let swallow = false;
    let start = { x: 0, y: 0 };
    let point = start;
    /** @type {number | null} */
    let pinch = null;

    const glide = () => {
      const by = glideSpeed(point.y, el.getBoundingClientRect());
      if (by !== 0) el.scrollTop += by;
      const index = indexAt(el, point);
      if (index !== null) paint(index);
      frame = requestAnimationFrame(glide);
    };
    const begin = (/** @type {number} */ index) => {
      painting = true;
      swallow = true;
      navigator.vibrate?.(8);
      held(index);
      frame = requestAnimationFrame(glide);
    };
    const endPainting = () => {
      if (!painting) return;
      painting = false;
      cancelAnimationFrame(frame);
      painted();
    };
    const down = (/** @type {TouchEvent} */ event) => {
      clearTimeout(hold);
      const pair = pairOf(event.touches);
      if (pair) {
        if (painting || event.touches.length > 2) return;
        pinch = pair.distance;
        swallow = true;
        pinchStarts(pair.middle);
        return;
      }
      swallow = false;
      const [touch] = event.touches;
      if (!touch) return;
      start = point = pointOf(touch);
      const index = indexAt(el, start);
      if (index !== null) hold = window.setTimeout(() => begin(index), HOLD_MS);
    };
    const move = (/** @type {TouchEvent} */ event) => {
      const pair = pairOf(event.touches);
      if (pinch !== null && pair) {
        if (event.cancelable) event.preventDefault();
        pinched(pair.distance / pinch);
        return;
      }
      const [touch] = event.touches;
      if (!touch) return;
      point = pointOf(touch);
      if (painting && event.cancelable) event.preventDefault();
      else if (Math.hypot(point.x - start.x, point.y - start.y) > STILL_PX) clearTimeout(hold);
    };
    const up = (/** @type {TouchEvent} */ event) => {
      clearTimeout(hold);
      if (event.touches.length < 2) pinch = null;
      if (event.touches.length > 0) return;
      if (swallow && event.cancelable) event.preventDefault(); // what was held or pinched is not tapped
      endPainting();
    };
    // The menu of a held picture would end the touch.
    const menu = (/** @type {Event} */ event) => {
      if (event instanceof PointerEvent && event.pointerType === 'touch') event.preventDefault();
    };
    el.addEventListener('touchstart', down, { passive: true });
    el.addEventListener('touchmove', move, { passive: false });
    el.addEventListener('touchend', up, { passive: false });
    el.addEventListener('touchcancel', up, { passive: false });
    el.addEventListener('contextmenu', menu);
    return () => {
      clearTimeout(hold);
      cancelAnimationFrame(frame);
      el.removeEventListener('touchstart', down);
      el.removeEventListener('touchmove', move);
      el.removeEventListener('touchend', up);
      el.removeEventListener('touchcancel', up);
      el.removeEventListener('contextmenu', menu);
    };
  }, [ref]);
}

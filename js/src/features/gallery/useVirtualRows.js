import { useCallback, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { isFast, scale, TALLEST } from './scrollScale.js';

/**
 * Which rows exist. It changes when a row comes or goes, not with every pixel.
 * @typedef {object} Rows
 * @property {number} first
 * @property {number} last behind the last
 * @property {number} offset px in the scroll area where row 0 would be; the same while one scrolls
 * @property {boolean} fast the list flies by: not worth loading what is passed
 */

/**
 * Where the list is, px: `vtop` is its first line that is seen, `height` what is seen of it.
 * @typedef {{ vtop: number, height: number, moving: boolean }} Spot
 */

/** The list is at rest when nothing came for so long. */
const REST_MS = 140;
/** @type {Rows} */
const NO_ROWS = { first: 0, last: 0, offset: 0, fast: false };

/** @param {Rows} a @param {Rows} b */
const isSame = (a, b) => a.first === b.first && a.last === b.last && a.offset === b.offset && a.fast === b.fast;

/**
 * Rows of one height, any count. Wheel, touch and keys move 1:1; jumps of more than three screens
 * (scrollbar thumb, Home, End) use the scaled position. When scrolling rests, the scrollbar is put
 * back where the current row belongs, and the picture does not move.
 * @param {{ count: number, rowHeight: number, overscan: number, onMove: (spot: Spot) => void }} options
 */
export function useVirtualRows({ count, rowHeight, overscan, onMove }) {
  const ref = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [rows, setRows] = useState(NO_ROWS);
  const live = useRef({ top: 0, vtop: 0, at: 0, height: 0, drawn: NO_ROWS });
  const engine = useRef({ scrollTo: (/** @type {number} */ _position) => {} });
  const moved = useEffectEvent(onMove);
  const total = count * rowHeight;

  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return undefined;
    const at = live.current;
    let idle = 0;
    let touching = false;
    /** @returns {Rows | null} what must be drawn now; null when it is drawn already */
    const goTo = (/** @type {number} */ vtop, /** @type {number} */ top, fast = false) => {
      const offset = Math.round(top - vtop); // whole px: rows stay sharp
      Object.assign(at, { top, vtop: top - offset, at: performance.now() });
      const next = {
        first: Math.max(0, Math.floor(at.vtop / rowHeight) - overscan),
        last: Math.min(count, Math.ceil((at.vtop + at.height) / rowHeight) + overscan),
        offset,
        fast,
      };
      if (isSame(next, at.drawn)) return null;
      at.drawn = next;
      return next;
    };
    const tell = (moving = false) => moved({ vtop: at.vtop, height: at.height, moving });
    const onScroll = () => {
      const s = scale(total, at.height);
      const top = Math.min(s.maxP, Math.max(0, el.scrollTop)); // iOS rubber band goes outside
      const delta = top - at.top;
      const jump = total <= TALLEST || Math.abs(delta) > at.height * 3 || top <= 0 || top >= s.maxP - 1;
      const vtop = jump ? s.toV(top) : Math.min(s.maxV, Math.max(0, at.vtop + delta));
      const fast = isFast(vtop - at.vtop, performance.now() - at.at, at.height);
      const next = goTo(vtop, top, fast);
      if (next) flushSync(() => setRows(next)); // same frame: no blank rows in a fast fling
      tell(true);
      rest();
    };
    const settle = () => {
      const s = scale(total, at.height);
      const top = touching || total <= TALLEST ? at.top : Math.round(s.toP(at.vtop));
      const moves = Math.abs(top - at.top) >= 1;
      const next = goTo(at.vtop, moves ? top : at.top);
      if (next) flushSync(() => setRows(next));
      if (moves) el.scrollTop = top;
      tell();
    };
    const rest = () => {
      clearTimeout(idle);
      idle = window.setTimeout(settle, REST_MS);
    };
    const scrollTo = (/** @type {number} */ position) => {
      const s = scale(total, at.height);
      const vtop = Math.min(s.maxV, Math.max(0, position));
      const top = Math.round(s.toP(vtop));
      const next = goTo(vtop, top);
      if (next) setRows(next);
      el.scrollTop = top;
      tell();
    };
    const measure = () => {
      at.height = el.clientHeight;
      const next = goTo(at.vtop, at.top, at.drawn.fast);
      if (next) setRows(next);
      tell();
    };
    const down = () => {
      touching = true;
    };
    const up = () => {
      touching = false;
      rest();
    };
    at.height = el.clientHeight;
    const s = scale(total, at.height);
    const fits = Math.min(s.maxV, at.vtop); // fewer rows than before
    const top = total <= TALLEST ? fits : Math.min(s.maxP, el.scrollTop);
    if (Math.abs(el.scrollTop - top) >= 1) el.scrollTop = top;
    const next = goTo(fits, top);
    if (next) setRows(next);
    engine.current = { scrollTo };
    const sizes = new ResizeObserver(measure);
    sizes.observe(el);
    el.addEventListener('scroll', onScroll, { passive: true });
    el.addEventListener('touchstart', down, { passive: true });
    el.addEventListener('touchend', up, { passive: true });
    el.addEventListener('touchcancel', up, { passive: true });
    return () => {
      clearTimeout(idle);
      sizes.disconnect();
      el.removeEventListener('scroll', onScroll);
      el.removeEventListener('touchstart', down);
      el.removeEventListener('touchend', up);
      el.removeEventListener('touchcancel', up);
    };
  }, [total, count, rowHeight, overscan]);

  /** Puts a position of the list (px) at the top of the window. */
  const scrollToPosition = useCallback((/** @type {number} */ position) => engine.current.scrollTo(position), []);
  /** Where the list is now; for handlers and effects. */
  const spot = useCallback(() => ({ vtop: live.current.vtop, height: live.current.height }), []);
  return { ref, rows, physical: Math.min(total, TALLEST), spot, scrollToPosition };
}

import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { isFast, scale, TALLEST } from './scrollScale.js';

/**
 * @typedef {object} View
 * @property {number} top where the scrollbar is
 * @property {number} vtop where the list is
 * @property {number} height of the window
 * @property {number} width of the window
 * @property {boolean} moving not at rest
 * @property {boolean} fast the list flies by: not worth loading what is passed
 */

/**
 * Rows of one height, any count. Wheel, touch and keys move 1:1; jumps of more than three screens
 * (scrollbar thumb, Home, End) use the scaled position. When scrolling rests, the scrollbar is put
 * back where the current row belongs, and the picture does not move.
 * @param {{ count: number, rowHeight: number, overscan?: number }} options
 */
export function useVirtualRows({ count, rowHeight, overscan = 3 }) {
  const ref = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [view, setView] = useState(
    /** @type {View} */ ({ top: 0, vtop: 0, height: 0, width: 0, moving: false, fast: false }),
  );
  const live = useRef({ top: 0, vtop: 0, at: 0 });
  const total = count * rowHeight;
  const physical = Math.min(total, TALLEST);

  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return undefined;
    let idle = 0;
    let touching = false;
    const apply = (/** @type {number} */ vtop, /** @type {number} */ top, moving = false, fast = false) => {
      live.current = { top, vtop, at: performance.now() };
      setView({ top, vtop, moving, fast, height: el.clientHeight, width: el.clientWidth });
    };
    const read = (moving = false) => {
      const s = scale(total, el.clientHeight);
      const top = Math.min(s.maxP, Math.max(0, el.scrollTop)); // iOS rubber band goes outside
      const delta = top - live.current.top;
      const jump = total <= TALLEST || Math.abs(delta) > el.clientHeight * 3 || top <= 0 || top >= s.maxP - 1;
      const vtop = jump ? s.toV(top) : Math.min(s.maxV, Math.max(0, live.current.vtop + delta));
      const fast = isFast(vtop - live.current.vtop, performance.now() - live.current.at, el.clientHeight);
      apply(vtop, top, moving, moving && fast);
    };
    const settle = () => {
      const s = scale(total, el.clientHeight);
      const top = touching || total <= TALLEST ? live.current.top : Math.round(s.toP(live.current.vtop));
      const moved = Math.abs(top - live.current.top) >= 1;
      apply(live.current.vtop, moved ? top : live.current.top);
      if (moved) el.scrollTop = top;
    };
    const rest = () => {
      clearTimeout(idle);
      idle = window.setTimeout(() => flushSync(settle), 140);
    };
    const onScroll = () => {
      flushSync(() => read(true)); // same frame: no blank rows in a fast fling
      rest();
    };
    const down = () => {
      touching = true;
    };
    const up = () => {
      touching = false;
      rest();
    };
    read();
    const sizes = new ResizeObserver(() => read());
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
  }, [total]);

  /** Puts a position of the list (px) at the top of the window. */
  const scrollToPosition = useCallback(
    (/** @type {number} */ position) => {
      const el = ref.current;
      if (!el) return;
      const s = scale(total, el.clientHeight);
      const vtop = Math.min(s.maxV, Math.max(0, position));
      const top = Math.round(s.toP(vtop));
      live.current = { top, vtop, at: performance.now() };
      el.scrollTop = top;
      setView({ top, vtop, moving: false, fast: false, height: el.clientHeight, width: el.clientWidth });
    },
    [total],
  );

  const first = Math.max(0, Math.floor(view.vtop / rowHeight) - overscan);
  const last = Math.min(count, Math.ceil((view.vtop + view.height) / rowHeight) + overscan);
  /** @type {{ index: number, y: number }[]} */
  const rows = [];
  for (let index = first; index < last; index++) rows.push({ index, y: view.top + (index * rowHeight - view.vtop) });
  return { ref, rows, physical, view, scrollToPosition };
}

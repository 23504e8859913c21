import { useRef, useState } from 'react';
import { SLOP_PX, swiped } from './weighing.js';

/**
 * A finger on a piece. `live` is the weight it says, null until it has moved sideways.
 * @typedef {{ x: number, y: number, live: number | null }} Finger
 */

/**
 * Changes a weight while a finger moves sideways over something; it counts when the finger is lifted, so that nothing
 * moves under it before. Up and down stay the page's, a finger that rests first takes the piece up instead, and a
 * mouse has no part in it.
 * @param {{ weight: number, taken: boolean, onWeight: (weight: number) => void }} use `taken` while the piece is carried
 */
export function useSwipe({ weight, taken, onWeight }) {
  const finger = useRef(/** @type {Finger | null} */ (null));
  const [live, setLive] = useState(/** @type {number | null} */ (null));
  const end = () => {
    finger.current = null;
    setLive(null);
  };
  /** @type {Pick<React.HTMLAttributes<HTMLElement>, 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'>} */
  const handlers = {
    onPointerDown: ({ pointerType, isPrimary, clientX: x, clientY: y }) => {
      finger.current = pointerType !== 'mouse' && isPrimary ? { x, y, live: null } : null;
    },
    onPointerMove: ({ clientX, clientY }) => {
      const at = finger.current;
      if (!at) return;
      if (taken) return end();
      const moved = clientX - at.x;
      if (at.live === null && Math.abs(clientY - at.y) > SLOP_PX) return end();
      if (at.live === null && Math.abs(moved) <= SLOP_PX) return;
      at.live = swiped(weight, moved);
      setLive(at.live);
    },
    onPointerUp: () => {
      const said = finger.current?.live ?? null;
      end();
      if (said !== null && said !== weight) onWeight(said);
    },
    onPointerCancel: end,
  };
  return { live, handlers };
}

/**
 * Weights as the hand gives them: within limits, in steps.
 * @import { Element } from '../../prompt/elements.js'
 */

export const LOWEST = 0.2;
export const HIGHEST = 2;
export const STEP = 0.05;
/** So far does a finger move for one step. */
const STRIDE_PX = 14;
/** Before a finger has moved so far sideways it may be a tap. */
export const SLOP_PX = 10;

/** @param {number} weight */
export const within = (weight) => Math.round(Math.min(HIGHEST, Math.max(LOWEST, weight)) * 100) / 100;

/**
 * What an element weighs now, in the number that is written down.
 * @param {Element} element
 */
export const weightOf = (element) => element.weight ?? 1;

/**
 * The next step up or down. A weight between two steps goes to the nearest one in that direction.
 * @param {number} weight
 * @param {1 | -1} direction
 */
export function stepped(weight, direction) {
  const steps = weight / STEP;
  const whole = Math.round(steps);
  const even = Math.abs(steps - whole) < 1e-6;
  const next = even ? whole + direction : direction > 0 ? Math.ceil(steps) : Math.floor(steps);
  return within(next * STEP);
}

/**
 * The weight after a finger moved sideways: right is stronger.
 * @param {number} weight where it began
 * @param {number} moved px
 */
export function swiped(weight, moved) {
  const beyond = Math.sign(moved) * Math.max(0, Math.abs(moved) - SLOP_PX);
  return within(weight + Math.trunc(beyond / STRIDE_PX) * STEP);
}

/** @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean }} event @returns {1 | -1 | null} Ctrl or Cmd with an arrow, as in ComfyUI's own text fields */
export function weightKey({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (!(ctrlKey || metaKey) || altKey || shiftKey) return null;
  if (key === 'ArrowUp') return 1;
  return key === 'ArrowDown' ? -1 : null;
}

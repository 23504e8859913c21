/** @import { Element } from '../../prompt/elements.js' */

/** @type {WeakMap<Element, string>} */
const names = new WeakMap();
let last = 0;

/**
 * A lasting name for each element; what an edit leaves alone keeps its name, and so its place on the screen.
 * @param {readonly Element[]} elements
 */
export const chipIds = (elements) => elements.map(idOf);

/** @param {Element} element */
function idOf(element) {
  const known = names.get(element);
  if (known) return known;
  const made = `piece-${++last}`;
  names.set(element, made);
  return made;
}

/**
 * An element that took another's place is the same chip.
 * @param {Element} before
 * @param {Element | undefined} after
 */
export function keepChip(before, after) {
  if (after) names.set(after, idOf(before));
}

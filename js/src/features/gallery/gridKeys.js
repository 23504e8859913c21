/** What keys do in the grid. */
import { neighbour } from './layout.js';

/**
 * @typedef {object} Deeds
 * @property {(index: number) => void} open
 * @property {(index: number) => void} toggle
 * @property {(from: number, to: number) => void} extend
 * @property {() => void} all
 * @property {(() => void) | null} none null when nothing is chosen
 * @property {(() => void) | null} remove null when nothing is chosen
 * @property {(by: number) => void} resize
 * @property {(index: number) => void} reveal
 */

/**
 * @param {Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>} event
 * @param {{ here: number, active: boolean, count: number, columns: number, rowsPerPage: number }} at `active`: the
 *   cursor was there before; without it the first arrow only shows it
 * @param {Deeds} deeds
 * @returns {boolean} whether the key had a meaning
 */
export function press(event, at, deeds) {
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'a') return false;
    deeds.all();
    return true;
  }
  /** @type {Record<string, (() => void) | null>} */
  const plain = {
    Enter: () => deeds.open(at.here),
    ' ': () => deeds.toggle(at.here),
    Escape: deeds.none,
    Delete: deeds.remove,
    '+': () => deeds.resize(1),
    '-': () => deeds.resize(-1),
  };
  if (event.key in plain) {
    const deed = plain[event.key];
    deed?.();
    return Boolean(deed);
  }
  const next = neighbour(event.key, at.here, at);
  if (next === null) return false;
  const to = at.active ? next : at.here;
  if (event.shiftKey) deeds.extend(at.here, to);
  deeds.reveal(to);
  return true;
}

/**
 * What is chosen in a listing. Items are known by their ids, so that a choice holds while pictures come and go;
 * only the stretch that a finger is painting right now is known by its places.
 * @typedef {{ from: number, to: number, on: boolean }} Stretch
 * @typedef {object} Selection
 * @property {ReadonlySet<string>} ids
 * @property {Stretch | null} stretch on its way to be chosen or left out
 * @property {number | null} anchor the place that a range starts from
 */

/** As many as one request to the server may name. */
export const MOST = 10_000;

/** @type {Selection} */
export const NOTHING = { ids: new Set(), stretch: null, anchor: null };

/** Whether there is a choice, if only one that begins. @param {Selection} selection */
export const isChoosing = ({ ids, stretch }) => ids.size > 0 || stretch !== null;

/**
 * @param {Selection} selection
 * @param {number} index
 * @param {string | undefined} id undefined while the item is not loaded
 */
export function isChosen({ ids, stretch }, index, id) {
  if (stretch && index >= Math.min(stretch.from, stretch.to) && index <= Math.max(stretch.from, stretch.to))
    return stretch.on;
  return id !== undefined && ids.has(id);
}

/**
 * @param {Selection} selection
 * @param {number} index
 * @param {string} id
 * @returns {Selection}
 */
export function toggled(selection, index, id) {
  const on = !selection.ids.has(id);
  return { ...withIds(selection, [id], on), anchor: index };
}

/**
 * Beyond the most that can be chosen, nothing is added.
 * @param {Selection} selection
 * @param {string[]} ids
 * @param {boolean} on
 * @returns {Selection}
 */
export function withIds(selection, ids, on) {
  const next = new Set(selection.ids);
  for (const id of ids) {
    if (!on) next.delete(id);
    else if (next.size < MOST) next.add(id);
  }
  return { ...selection, ids: next, stretch: null };
}

/** @param {Selection} selection @param {Iterable<string>} gone @returns {Selection} */
export function without(selection, gone) {
  const left = [...gone].filter((id) => selection.ids.has(id));
  return left.length === 0 ? selection : { ...withIds(selection, left, false), stretch: selection.stretch };
}

/**
 * How many are chosen, with those that are just being painted.
 * @param {Selection} selection
 * @param {(index: number) => { id: string } | undefined} itemAt
 */
export function countOf({ ids, stretch }, itemAt) {
  if (!stretch) return ids.size;
  const { first, last } = boundsOf(stretch);
  let count = ids.size;
  for (let at = first; at < last; at++) {
    const known = ids.has(itemAt(at)?.id ?? '');
    if (known !== stretch.on) count += stretch.on ? 1 : -1;
  }
  return Math.max(0, Math.min(MOST, count));
}

/**
 * The places of a stretch, first and behind the last, no more than can be chosen.
 * @param {Pick<Stretch, 'from' | 'to'>} stretch
 */
export function boundsOf({ from, to }) {
  const first = Math.min(from, to);
  return { first, last: Math.min(Math.max(from, to) + 1, first + MOST) };
}

/**
 * The wished order first, then what it does not name, in the form's own.
 * @param {string[]} names
 * @param {string[]} order
 */
export const orderedNames = (names, order) => [
  ...order.filter((name) => names.includes(name)),
  ...names.filter((name) => !order.includes(name)),
];

/** @param {string[]} names @param {number} at @param {1 | -1} by */
export function movedBy(names, at, by) {
  const other = names[at + by];
  const one = names[at];
  if (one === undefined || other === undefined) return names;
  return names.with(at, other).with(at + by, one);
}

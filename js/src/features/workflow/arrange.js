/**
 * The wished order first, then what it does not name, in the form's own.
 * @param {string[]} names
 * @param {string[]} order
 */
export const orderedNames = (names, order) => [
  ...order.filter((name) => names.includes(name)),
  ...names.filter((name) => !order.includes(name)),
];

/** @param {string[]} names @param {number} from @param {number} to */
export function movedTo(names, from, to) {
  const moved = names[from];
  if (moved === undefined || to < 0 || to >= names.length) return names;
  return names.toSpliced(from, 1).toSpliced(to, 0, moved);
}

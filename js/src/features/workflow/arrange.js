/**
 * The wished order first, then what it does not name, in the form's own.
 * @param {string[]} names
 * @param {string[]} order
 */
export const orderedNames = (names, order) => [
  ...order.filter((name) => names.includes(name)),
  ...names.filter((name) => !order.includes(name)),
];

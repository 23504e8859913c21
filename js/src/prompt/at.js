/**
 * The item at an index that is known to be inside the list.
 * @template Item
 * @param {readonly Item[]} list
 * @param {number} index
 * @returns {Item}
 */
export const at = (list, index) => /** @type {Item} */ (list[index]);

/** @import { TagItem } from '../../services/apiTypes.js' */

/** @param {string} text */
const plain = (text) => text.normalize('NFKC').toLowerCase().replaceAll('\\', '').replaceAll('_', ' ');

/**
 * Those of `items` that certainly still fit `query`, while its own answer is under way: every typed word is in the
 * name or in the other name that was found.
 * @param {readonly TagItem[]} items
 * @param {string} query
 */
export function narrowed(items, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const holds = (/** @type {string} */ name) => words.every((word) => plain(name).includes(word));
  return items.filter(({ tag, alias }) => holds(tag) || (alias ? holds(alias) : false));
}

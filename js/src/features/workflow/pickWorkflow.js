/** @import { WorkflowItem } from '../../services/apiTypes.js' */

/** @param {WorkflowItem[]} items @param {'folder' | 'type'} what */
export const valuesOf = (items, what) => [...new Set(items.map((item) => item[what] ?? ''))].sort();

/**
 * @typedef {object} Wish
 * @property {string} search
 * @property {string | null} folder
 * @property {string | null} type
 * @property {string[]} pins
 * @property {string[]} recent
 */

/**
 * The workflows that fit, under the heads pinned, recent and all; each stands once, where it is sooner found.
 * @param {WorkflowItem[]} items
 * @param {Wish} wish
 */
export function sectionsOf(items, { search, folder, type, pins, recent }) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = items.filter(
    (item) =>
      (folder === null || item.folder === folder) &&
      (type === null || (item.type ?? '') === type) &&
      words.every((word) => `${item.title} ${item.name}`.toLowerCase().includes(word)),
  );
  const named = (/** @type {string[]} */ names) => names.flatMap((name) => fits.filter((item) => item.name === name));
  const pinned = named(pins);
  const lately = named(recent).filter((item) => !pinned.includes(item));
  const rest = fits.filter((item) => !pinned.includes(item) && !lately.includes(item));
  return /** @type {const} */ ([
    { key: 'create.pinned', items: pinned },
    { key: 'create.recent', items: lately },
    { key: 'create.all', items: rest },
  ]).filter((section) => section.items.length > 0);
}

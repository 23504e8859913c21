/**
 * What an event of the live stream means for one listing.
 * @import { LiveEvent } from '../../services/sse.js'
 * @import { Filter } from './filter.js'
 */

/** @typedef {{ created: number, removed: Set<string> }} Change */

/** @param {string} folder @param {string} inside */
const liesIn = (folder, inside) => inside === '' || folder === inside || folder.startsWith(`${inside}/`);

/**
 * @param {LiveEvent} event
 * @param {Filter} filter
 * @returns {Change | null} null when the listing stays as it is
 */
export function changeFor(event, filter) {
  const none = { created: 0, removed: new Set() };
  if (event.name === 'poll' || event.name === 'reset') return none;
  if (event.name !== 'changes' || (event.data.type ?? 'output') !== 'output') return null;
  if (event.data.reset) return none;
  const files = /** @type {[string, string, string, number][]} */ (event.data.files ?? []);
  const mine = files.filter(([, , folder]) => liesIn(folder, filter.folder));
  const folders = /** @type {string[]} */ (event.data.folders ?? []);
  if (mine.length === 0 && !folders.some((folder) => liesIn(folder, filter.folder))) return null;
  return {
    created: mine.filter(([what]) => what === 'created').length,
    removed: new Set(mine.filter(([what]) => what === 'removed').map(([, id]) => id)),
  };
}

/**
 * How the list must move so that an item stays where it is seen, though the list grew or shrank before it.
 * `lead` empty cells at the front keep the columns.
 * @param {{ lead: number, columns: number }} grid
 * @param {{ from: number, to: number }} shift index of the item before and after
 */
export function keepInPlace({ lead, columns }, { from, to }) {
  const cell = from + lead;
  const nextLead = (((cell - to) % columns) + columns) % columns;
  return { lead: nextLead, rows: Math.floor((to + nextLead) / columns) - Math.floor(cell / columns) };
}

/**
 * Which items stand at places of a listing, also where nobody has looked yet.
 * @import { Picture } from '../../services/apiTypes.js'
 * @import { Filter } from './filter.js'
 */
import { getGallery } from '../../services/api.js';
import { queryOf } from './filter.js';

/** As many as the server gives at once. */
const PAGE = 500;
const AT_ONCE = 4;

/** @typedef {{ id: string, mtime: number }} Known */

/**
 * @param {Filter} filter
 * @param {number | undefined} generation
 * @param {number} offset
 * @param {number} limit
 * @returns {Promise<Known[]>}
 */
async function page(filter, generation, offset, limit) {
  const snapshot = generation === undefined ? {} : { generation };
  const answer = await getGallery({ ...queryOf(filter), ...snapshot, offset, limit, fields: 'id,mtime' });
  return /** @type {Picture[]} */ (answer.items).map(({ id, mtime }) => ({ id, mtime }));
}

/**
 * @param {Filter} filter
 * @param {number | undefined} generation the snapshot that the places belong to
 * @param {{ first: number, last: number }} bounds `last` is behind the last
 * @param {(index: number) => Picture | undefined} itemAt what is loaded
 * @returns {Promise<string[]>} in order
 */
export async function idsBetween(filter, generation, { first, last }, itemAt) {
  const loaded = [];
  for (let at = first; at < last; at++) {
    const id = itemAt(at)?.id;
    if (id === undefined) break;
    loaded.push(id);
  }
  const offsets = [];
  for (let at = first + loaded.length; at < last; at += PAGE) offsets.push(at);
  const ids = loaded;
  while (offsets.length > 0) {
    const some = offsets.splice(0, AT_ONCE);
    const pages = await Promise.all(some.map((at) => page(filter, generation, at, Math.min(PAGE, last - at))));
    for (const known of pages.flat()) ids.push(known.id);
  }
  return ids;
}

/** @param {number} mtime seconds */
const dayOf = (mtime) => new Date(mtime * 1000).toDateString();

/**
 * Everything of the day, by this device's clock, on which the item at a place was made.
 * @param {Filter} filter
 * @param {number | undefined} generation
 * @param {number} index
 * @param {{ total: number, most: number }} limits
 * @returns {Promise<string[]>}
 */
export async function idsOfDay(filter, generation, index, { total, most }) {
  const [here] = await page(filter, generation, index, 1);
  if (!here) return [];
  const day = dayOf(here.mtime);
  const ids = [here.id];
  for (let at = index + 1; at < total && ids.length < most; at += PAGE) {
    const known = await page(filter, generation, at, PAGE);
    const end = known.findIndex(({ mtime }) => dayOf(mtime) !== day);
    ids.push(...known.slice(0, end < 0 ? undefined : end).map(({ id }) => id));
    if (end >= 0 || known.length === 0) break;
  }
  for (let at = index; at > 0 && ids.length < most; at -= PAGE) {
    const from = Math.max(0, at - PAGE);
    const known = await page(filter, generation, from, at - from);
    const before = known.findLastIndex(({ mtime }) => dayOf(mtime) !== day);
    ids.unshift(...known.slice(before + 1).map(({ id }) => id));
    if (before >= 0 || known.length === 0) break;
  }
  return ids;
}

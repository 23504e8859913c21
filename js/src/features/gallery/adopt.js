/**
 * Takes the present state of the library in place of the one on the screen.
 * @import { QueryClient } from '@tanstack/react-query'
 * @import { GalleryPage } from '../../services/apiTypes.js'
 * @import { Filter } from './filter.js'
 */
import { getGallery } from '../../services/api.js';
import { ApiError } from '../../services/request.js';
import { CHUNK, chunksFor } from './chunks.js';
import { queryOf } from './filter.js';
import { chunkQuery, headKey } from './useGallery.js';

/**
 * `shift` says where an item that was looked at stands now.
 * @typedef {GalleryPage & { shift?: { from: number, to: number } }} Head
 */

/**
 * Where an item stands in a snapshot; null when it is gone.
 * @param {Filter} filter
 * @param {GalleryPage} head
 * @param {string} id
 */
export async function indexOf(filter, head, id) {
  try {
    const page = await getGallery({
      ...queryOf(filter),
      around: id,
      limit: 1,
      fields: 'id',
      ...(head.generation !== undefined && { generation: head.generation }),
    });
    const at = page.items.findIndex((item) => 'id' in item && item.id === id);
    return at < 0 ? null : (page.offset ?? 0) + at;
  } catch (error) {
    if (error instanceof ApiError && [400, 404].includes(error.status)) return null;
    throw error;
  }
}

/**
 * Reads the new state, and what of it will be seen, before anything on the screen changes.
 * @param {QueryClient} client
 * @param {Filter} filter
 * @param {{ anchor: { id: string, index: number } | null, seen: number }} looking what stays where it is,
 *   and how many items are on the screen; without an anchor the list is at its top
 */
export async function adopt(client, filter, { anchor, seen }) {
  /** @type {Head} */
  const head = await getGallery({ ...queryOf(filter), offset: 0, limit: CHUNK });
  const known = /** @type {Head | undefined} */ (client.getQueryData(headKey(filter)));
  if (known?.generation !== undefined && known.generation === head.generation) return;
  const to = anchor ? await indexOf(filter, head, anchor.id) : null;
  if (anchor) head.shift = { from: anchor.index, to: to ?? Math.min(anchor.index, Math.max(0, head.total_items - 1)) };
  const first = head.shift?.to ?? 0;
  const chunks = chunksFor(Math.max(0, first - seen), first + 2 * seen, head.total_items).filter((n) => n > 0);
  await Promise.all(chunks.map((n) => client.fetchQuery(chunkQuery(filter, head.generation, n))));
  client.setQueryData(headKey(filter), head);
}

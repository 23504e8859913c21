/** @import { GalleryPage, Picture } from '../../services/apiTypes.js' */
/** @import { Filter } from './filter.js' */
/** @import { Head } from './adopt.js' */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getGallery } from '../../services/api.js';
import { ApiError } from '../../services/request.js';
import { CHUNK, chunksFor } from './chunks.js';
import { queryOf } from './filter.js';

/** How long a chunk nobody looks at is kept: a million items must not stay in memory. */
const FORGET_MS = 30_000;

/** @param {GalleryPage} page */
const picturesOf = (page) => /** @type {Picture[]} */ (page.items.filter((item) => item.type !== 'directory'));

/** @param {Filter} filter */
export const headKey = (filter) => ['gallery', 'head', filter];

/**
 * One chunk of one snapshot; it never changes.
 * @param {Filter} filter
 * @param {number | undefined} generation
 * @param {number} chunk
 */
export function chunkQuery(filter, generation, chunk) {
  const snapshot = generation === undefined ? {} : { generation };
  const query = { ...queryOf(filter), offset: chunk * CHUNK, limit: CHUNK, ...snapshot };
  return {
    queryKey: ['gallery', 'chunk', filter, generation, chunk],
    queryFn: (/** @type {{ signal: AbortSignal }} */ { signal }) => getGallery(query, signal),
    staleTime: Infinity,
    gcTime: FORGET_MS,
  };
}

/**
 * The first answer: how many there are, which snapshot, and the newest.
 * @param {Filter} filter
 */
export function useGalleryHead(filter) {
  return useQuery({
    queryKey: headKey(filter),
    queryFn: /** @returns {Promise<Head>} */ ({ signal }) =>
      getGallery({ ...queryOf(filter), offset: 0, limit: CHUNK }, signal),
    staleTime: Infinity,
  });
}

/** @param {unknown} error whether the snapshot is older than the server keeps */
const isOutdated = (error) => error instanceof ApiError && error.status === 409;

/**
 * Looks an item up; the same function as long as the same pages are here.
 * @param {Map<number, GalleryPage>} pages by chunk
 */
function useItemAt(pages) {
  const [known, setKnown] = useState(() => lookUp(pages));
  const same = known.pages.size === pages.size && [...pages].every(([chunk, page]) => known.pages.get(chunk) === page);
  const now = same ? known : lookUp(pages);
  if (!same) setKnown(now);
  return now.itemAt;
}

/** @param {Map<number, GalleryPage>} pages */
function lookUp(pages) {
  /** @type {Map<number, Picture[]>} */
  const chunks = new Map();
  pages.forEach((page, chunk) => chunks.set(chunk, picturesOf(page)));
  return { pages, itemAt: (/** @type {number} */ index) => chunks.get(Math.floor(index / CHUNK))?.[index % CHUNK] };
}

/**
 * The items of a window of the list, as far as they are here. Chunks out of the window are cancelled.
 * @param {Filter} filter
 * @param {GalleryPage | undefined} head
 * @param {{ first: number, last: number, paused: boolean }} window
 */
export function useGalleryItems(filter, head, { first, last, paused }) {
  const wanted = chunksFor(first, last, head?.total_items ?? 0);
  const later = wanted.filter((chunk) => chunk > 0);
  const answers = useQueries({
    queries: later.map((chunk) => ({ ...chunkQuery(filter, head?.generation, chunk), enabled: !paused })),
  });
  /** @type {Map<number, GalleryPage>} */
  const pages = new Map();
  if (head && wanted[0] === 0) pages.set(0, head);
  later.forEach((chunk, i) => {
    const page = answers[i]?.data;
    if (page) pages.set(chunk, page);
  });
  const failed = answers.find((answer) => answer.isError)?.error ?? null;
  return {
    itemAt: useItemAt(pages),
    error: isOutdated(failed) ? null : failed,
    outdated: isOutdated(failed),
    retry: () => answers.forEach((answer) => answer.isError && answer.refetch()),
  };
}

/** @import { TagPage, TagQuery } from '../../services/apiTypes.js' */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getTagCategories, searchTags } from '../../services/api.js';
import { ApiError } from '../../services/request.js';

/**
 * What the library shows.
 * @typedef {{ q: string, category: string, sort: string, minCount: number, used: boolean }} TagFilter
 */

/** @param {TagFilter} filter @param {TagQuery['nsfw']} nsfw @returns {TagQuery} */
const queryOf = ({ q, category, sort, minCount, used }, nsfw) => ({
  q,
  category,
  sort,
  nsfw,
  ...(minCount > 0 && { min_count: minCount }),
  ...(used && { used }),
});

/**
 * The tags of a filter, a page at a time.
 * @param {TagFilter} filter
 * @param {TagQuery['nsfw']} nsfw
 */
export function useTags(filter, nsfw) {
  const query = queryOf(filter, nsfw);
  const pages = useInfiniteQuery({
    queryKey: ['tags', 'search', query],
    queryFn: ({ pageParam, signal }) => searchTags({ ...query, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (/** @type {TagPage} */ page) => page.cursor,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // Lists are read: look again until they are there.
    refetchInterval: ({ state }) => (isReading(state.data?.pages[0]) ? 1500 : false),
  });
  // The lists changed under the reader: begin again.
  if (pages.error instanceof ApiError && pages.error.code === 'reset' && !pages.isFetching) void pages.refetch();
  const [first] = pages.data?.pages ?? [];
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...pages, first, items, reading: isReading(first) };
}

/** @param {TagPage | undefined} page */
const isReading = (page) => page?.state === 'building' || page?.state === 'loading';

/** @param {TagQuery['nsfw']} nsfw */
export function useTagCategories(nsfw) {
  return useQuery({
    queryKey: ['tags', 'categories', nsfw],
    queryFn: ({ signal }) => getTagCategories(nsfw, signal),
    staleTime: 60_000,
  });
}

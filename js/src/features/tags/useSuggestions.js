/** @import { TagItem } from '../../services/apiTypes.js' */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { searchTags } from '../../services/api.js';
import { usePreferences } from '../../services/preferences.js';
import { narrowed } from './narrow.js';

/** Keys that follow each other faster than a person types them (held down, rolled over) ask once. */
const PAUSE_MS = 30;
const WANTED = 20;
/** @type {readonly TagItem[]} */
const NONE = [];

/** @template T @param {T} value @returns {T} at once after a rest, else as it was when it last rested */
function useRested(value) {
  const [rested, setRested] = useState(value);
  const changed = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const now = performance.now();
    const wait = Math.max(0, changed.current + PAUSE_MS - now);
    changed.current = now;
    if (wait === 0) {
      setRested(value);
      return undefined;
    }
    const timer = setTimeout(() => setRested(value), wait);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/**
 * The tags for `query`, never those for what stood there before: until the answer is here, only what certainly
 * still fits. A request that is overtaken is cancelled.
 * @param {string | null} query null asks nothing
 * @returns {readonly TagItem[]}
 */
export function useSuggestions(query) {
  const nsfw = usePreferences((p) => p.tagNsfw);
  const rested = useRested(query);
  const { data } = useQuery({
    queryKey: ['tags', 'suggest', nsfw, rested],
    queryFn: ({ signal }) => searchTags({ q: rested ?? '', limit: WANTED, total: 0, nsfw }, signal),
    enabled: rested !== null && query !== null,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
  if (query === null || !data) return NONE;
  return data.q === asked(query) ? data.items : narrowed(data.items, query);
}

/** The server answers with the text it was asked, in lower case. @param {string} query */
const asked = (query) => query.trim().toLowerCase();

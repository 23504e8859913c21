import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { AliasLibrary } from '../../prompt/index.js';
import { getAliasCategories, getAliases, searchAliases } from '../../services/api.js';

/** Every query about aliases begins so; a change on any device makes them all look again. */
export const ALIASES = 'aliases';

/** The whole library, for finding what a token means; empty until it is there. */
export function useAliasLibrary() {
  const { data } = useQuery({ queryKey: [ALIASES, 'library'], queryFn: ({ signal }) => getAliases(signal) });
  return useMemo(() => AliasLibrary.fromDocument(data?.answer ?? {}), [data]);
}

export function useAliasCategories() {
  return useQuery({ queryKey: [ALIASES, 'categories'], queryFn: ({ signal }) => getAliasCategories(signal) });
}

/** @param {string} q @param {string} category */
export function useAliasSearch(q, category) {
  return useQuery({
    queryKey: [ALIASES, 'search', q, category],
    queryFn: ({ signal }) => searchAliases({ q, category, limit: 2000 }, signal),
    placeholderData: keepPreviousData,
  });
}

/** @import { PromptIssue } from '../../services/apiTypes.js' */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { AliasLibrary } from '../../prompt/index.js';
import { checkAliases, getAliasCategories, getAliases, searchAliases } from '../../services/api.js';

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

const PAUSE_MS = 400;

/**
 * What the server says about an alias as it would be saved, once typing rests.
 * @param {string} name
 * @param {string} text
 * @returns {PromptIssue[]} none while it is about another text
 */
export function useAliasAdvice(name, text) {
  const [settled, setSettled] = useState({ name, text });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ name, text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [name, text]);
  const { data } = useQuery({
    queryKey: [ALIASES, 'advice', settled],
    queryFn: ({ signal }) => checkAliases({ aliases: [settled] }, signal),
    enabled: settled.name !== '' && settled.text !== '',
  });
  return settled.text === text ? (data?.aliases[settled.name] ?? []) : [];
}

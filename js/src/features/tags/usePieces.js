/** @import { Piece, PieceToken, PieceKind } from './pieces.js' */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getChoices, getWildcards, searchAliases } from '../../services/api.js';
import { aliasPieces, embeddingPieces, fitting, loraPieces, wildcardPieces } from './pieces.js';

const WANTED = 20;
/** More aliases than this nobody has; the server answers no more at once. */
const ALL = 5000;
/** @type {readonly Piece[]} */
const NONE = [];

/**
 * Where the names of each kind come from. Names of aliases begin with `aliases`, so that a change of the library on
 * any device makes them look again.
 * @type {Record<PieceKind, { key: readonly string[], read: (signal: AbortSignal) => Promise<Piece[]> }>}
 */
const SOURCES = {
  alias: {
    key: ['aliases', 'pieces'],
    read: async (signal) => aliasPieces((await searchAliases({ q: '', limit: ALL }, signal)).items),
  },
  lora: {
    key: ['choices', 'loras', 'pieces'],
    read: async (signal) => loraPieces((await getChoices('loras', {}, signal)).choices),
  },
  embedding: {
    key: ['choices', 'embeddings', 'pieces'],
    read: async (signal) => embeddingPieces((await getChoices('embeddings', {}, signal)).choices),
  },
  wildcard: {
    key: ['wildcards'],
    read: async (signal) => wildcardPieces((await getWildcards(signal)).names),
  },
};

/**
 * The pieces that fit what is being typed: all names of a kind are fetched once, and chosen from without asking
 * again, so that what is shown always belongs to these very letters.
 * @param {PieceToken | null} token null asks nothing
 * @returns {readonly Piece[]}
 */
export function usePieces(token) {
  const { key, read } = SOURCES[token?.kind ?? 'alias'];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(signal),
    enabled: token !== null,
    staleTime: 60_000,
    retry: false,
  });
  const query = token?.query;
  return useMemo(() => (data && query !== undefined ? fitting(data, query, WANTED) : NONE), [data, query]);
}

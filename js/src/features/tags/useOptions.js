/** @import { TagItem } from '../../services/apiTypes.js' */
/** @import { Piece, PieceKind } from './pieces.js' */
/** @import { Token } from './token.js' */
import { usePieces } from './usePieces.js';
import { useSuggestions } from './useSuggestions.js';

/**
 * One suggestion: a tag, or a piece of another kind.
 * @typedef {{ key: string, kind: 'tag', tag: TagItem } | { key: string, kind: PieceKind, piece: Piece }} Option
 */

/**
 * What may be put in place of the token, the best first.
 * @param {Token | null} token
 * @returns {Option[]}
 */
export function useOptions(token) {
  const kind = token?.kind ?? 'tag';
  const tags = useSuggestions(token?.kind === 'tag' ? token.query : null);
  const pieces = usePieces(token !== null && token.kind !== 'tag' ? token : null);
  if (kind === 'tag') return tags.map((tag) => ({ key: tag.tag, kind, tag }));
  return pieces.map((piece) => ({ key: piece.insert, kind, piece }));
}

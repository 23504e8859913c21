/**
 * What is being typed at the caret, and what a chosen tag puts in its place. Pure text.
 * @import { TagItem } from '../../services/apiTypes.js'
 * @typedef {{ kind: 'tag', start: number, end: number, query: string }} TagToken `start` to `end` is what a choice replaces
 * @typedef {TagToken | import('./pieces.js').PieceToken} Token
 */

/** Words whose underscore is part of a face, such as `>_<` and `o_o`: no part of them has two letters. */
const FACE = /^(?!.*[\p{L}\p{N}]{2})\S*$/u;
/** The number behind the colon of `(blue eyes:1.2)`. */
const WEIGHT = /[^:]:\s*[\d.]*$/;

/** @param {string} before how many braces are open at its end */
const openBraces = (before) => Math.max(0, before.split('{').length - before.split('}').length);

/** @param {string} before the text up to the caret @returns {number} where the piece at its end begins */
function startOfPiece(before) {
  const stops = openBraces(before) > 0 ? /[,\n{}|]/ : /[,\n]/;
  let at = before.length;
  while (at > 0 && !stops.test(before.charAt(at - 1))) at -= 1;
  const piece = before.slice(at);
  const broken = piece.lastIndexOf('BREAK ');
  return broken >= 0 ? at + broken + 'BREAK '.length : at;
}

/** @param {string} piece @returns {number} how much of it is spaces and brackets that only weigh */
function leading(piece) {
  const skipped = /^[\s([]*/.exec(piece)?.[0].length ?? 0;
  // `(o)_(o)` is a face.
  return piece.startsWith('o)', skipped) && piece.charAt(skipped - 1) === '(' ? skipped - 1 : skipped;
}

/** @param {string} piece whether it is a LoRA, a wildcard or an alias, which are no tags */
const isSyntax = (piece) =>
  /<\w+:/.test(piece) || piece.startsWith('__') || (piece.split('$').length - 1) % 2 === 1 || /^\$.*\$/.test(piece);

/**
 * The tag being typed, or null where there is none.
 * @param {string} text
 * @param {number} caret
 * @returns {TagToken | null}
 */
export function tokenAt(text, caret) {
  const before = text.slice(0, caret);
  const begin = startOfPiece(before);
  const piece = before.slice(begin);
  const skipped = leading(piece);
  const typed = piece.slice(skipped);
  const weighing = /[([]/.test(piece.slice(0, skipped)) && WEIGHT.test(typed);
  if (weighing || isSyntax(typed) || /\s{2}$/.test(typed)) return null;
  const query = typed.trim();
  if (!isWorthAsking(query)) return null;
  const rest = /^[\p{L}\p{N}_-]*/u.exec(text.slice(caret))?.[0].length ?? 0;
  return { kind: 'tag', start: begin + skipped, end: caret + rest, query };
}

/** One Latin letter says nothing; one Chinese sign does. @param {string} query */
function isWorthAsking(query) {
  return query.length > 1 || query > '\u024f';
}

/**
 * A tag as prompts write it: spaces for underscores, parentheses escaped. Faces stay as they are.
 * @param {Pick<TagItem, 'tag'> & { insert?: string | null }} item
 */
export function promptText({ tag, insert }) {
  if (insert) return insert;
  const spaced = FACE.test(tag) ? tag : tag.replaceAll('_', ' ');
  return spaced.replace(/(?<!\\)[()]/g, '\\$&');
}

/**
 * What replaces the token, with a comma where the next piece will follow.
 * @param {string} text
 * @param {Pick<Token, 'end'>} token
 * @param {string} words what was chosen
 */
export function completion(text, token, words) {
  const after = text.slice(token.end);
  const follows = /^\s*([,)\]}|:\n]|$)/.exec(after)?.[1];
  const inside = follows !== undefined && follows !== '' && follows !== '\n';
  const comma = /^[ \t]/.test(after) ? ',' : ', ';
  return words + (inside ? '' : comma);
}

/**
 * Where a tag stands in a prompt already, so that it is not offered as if it were new.
 * @param {string} text
 * @param {Pick<Token, 'start' | 'end'>} token
 */
export function tagsBeside(text, token) {
  const rest = `${text.slice(0, token.start)},${text.slice(token.end)}`;
  const bare = (/** @type {string} */ piece) =>
    piece
      .trim()
      .replace(/^[([{]+|(:[\d.]+)?(?<!\\)[)\]}]+$/g, '')
      .replaceAll('\\', '')
      .replaceAll(' ', '_')
      .toLowerCase();
  return new Set(rest.split(/[,\n|]/).map(bare));
}

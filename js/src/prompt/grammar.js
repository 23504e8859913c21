/**
 * The letters of a prompt: every pattern that the model needs, the same in `cozygen/aliases/grammar.py`.
 *
 * Patterns name their characters one by one, because `\s`, `\w` and `\b` mean different things in Python and
 * JavaScript. None of them backtracks over more than it matched, so each is linear in the text.
 */

/** Brackets nested deeper than this are plain text. */
export const MAX_DEPTH = 64;
/** So many tokens and brackets of a text mean something; what comes after them is plain text. */
export const MAX_MARKS = 1 << 15;

const SPACE = ' \\t\\r\\n\\f\\v\\u00a0\\u3000';
const ESCAPE = '\\\\[()\\[\\]{}<>|$]';
const ALIAS = '\\$[A-Za-z0-9_:\\-]+\\$';
const ANGLE =
  '<(?:[Ll][Oo][Rr][Aa]|[Ll][Yy][Cc][Oo]|[Ll][Oo][Cc][Oo][Nn]|[Hh][Yy][Pp][Ee][Rr][Nn][Ee][Tt]):[^<>$\\n]+>';
const BRACKET = '\\(|\\)|\\[|\\]|\\{|\\}';
const BARE_TAIL = '::[A-Za-z0-9_:\\-]*';
const WILDCARD = `__(?:[^_,:()\\[\\]{}<>|$\\\\${SPACE}]|_(?!_))+__`;
const EMBEDDING = `embedding:(?:[^,:()\\[\\]{}<>|$\\\\${SPACE}]|\\\\(?![()\\[\\]{}<>|$]))+`;
// Twelve places are more than anyone types; without a bound a long number could be copied over and over.
const UNSIGNED = '(?:[0-9]{1,6}(?:\\.[0-9]{0,12})?|\\.[0-9]{1,12})';

const structure = [ESCAPE, ALIAS, ANGLE, BRACKET].join('|');
const words = [structure, BARE_TAIL, WILDCARD, EMBEDDING, 'BREAK'].join('|');

const WORD_MARKERS = ['::', '__', 'embedding:', 'BREAK'];

/**
 * The pattern that finds everything in a text that may mean something.
 * @param {string} text
 */
export function structureOf(text) {
  return new RegExp(WORD_MARKERS.some((marker) => text.includes(marker)) ? words : structure, 'g');
}

/** A text up to the next comma or line end, and the gap after it. */
export const PIECES = new RegExp(`([^,\\n]+)([${SPACE},]*)`, 'g');
const GAP = new RegExp(`[${SPACE},]*`, 'y');
const WHITE = new Set(' \t\r\n\f\v\u00a0\u3000');
const ALIAS_NAME = /^[A-Za-z0-9_:-]+$/;
const WEIGHT = new RegExp(`^${UNSIGNED}$`);
const NUMBER = new RegExp(`^[+\\-]?${UNSIGNED}$`);
const CHOICE_HEAD = new RegExp(
  `^[${SPACE}]{0,8}(?:([0-9]{1,4})(?:(-)([0-9]{1,4})?)?|-([0-9]{1,4}))\\$\\$(?:([^|{}$]*)\\$\\$)?`,
);
const OPTION_WEIGHT = new RegExp(`^[${SPACE}]{0,8}(${UNSIGNED})::`);
const WORD = /[A-Za-z0-9_]/;

/** @param {string} text */
export const isWeight = (text) => WEIGHT.test(text);
/** @param {string} text */
export const isNumber = (text) => NUMBER.test(text);
/** @param {string} text */
export const isAliasName = (text) => ALIAS_NAME.test(text);
/** @param {string} text */
export const choiceHead = (text) => CHOICE_HEAD.exec(text);
/** @param {string} text */
export const optionWeight = (text) => OPTION_WEIGHT.exec(text);
/** @param {string} character */
export const isWhite = (character) => WHITE.has(character);

/**
 * Whether an ASCII letter, digit or underscore stands at `index`; false outside the text.
 * @param {string} text
 * @param {number} index
 */
export function isWord(text, index) {
  return index >= 0 && index < text.length && WORD.test(text.charAt(index));
}

/**
 * Where the gap that starts at `start` ends.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function gapEnd(text, start, end) {
  GAP.lastIndex = start;
  const match = GAP.exec(text);
  return match ? Math.min(start + match[0].length, end) : start;
}

/** @param {string} text */
export function stripEnd(text) {
  let end = text.length;
  while (end > 0 && WHITE.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** @param {string} text */
export function strip(text) {
  const kept = stripEnd(text);
  let start = 0;
  while (start < kept.length && WHITE.has(kept.charAt(start))) start += 1;
  return kept.slice(start);
}

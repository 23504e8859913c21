/**
 * Dynamic choices: `{a|b}`, `{2$$a|b}`, `{1-3$$ and $$a|b|c}`, `{0.5::a|b}`; reading them and drawing from them.
 * The same as `cozygen/aliases/choices.py`.
 */
import { at } from './at.js';
import { choiceHead, isWhite, optionWeight } from './grammar.js';

/** @typedef {import('./syntax.js').PromptNode} PromptNode */
/** @typedef {import('./randomness.js').Draws} Draws */
/**
 * One option: where its text stands (weight and outer spaces excluded) and how likely it is.
 * @typedef {{ start: number, end: number, weight: number }} Option
 */
/**
 * How many of the options are drawn, and what is put between them.
 * @typedef {{ low: number, high: number, separator: string, options: Option[] }} Choice
 */

const DEFAULT_SEPARATOR = ', ';

/**
 * Whether a pair of braces offers a choice; other braces are plain text.
 * @param {string} text
 * @param {PromptNode} node
 */
export function isChoice(text, node) {
  return headOf(text, node) !== null || barsOf(text, node, node.start + 1).length > 0;
}

/**
 * The choice a pair of braces offers, or null where it offers none.
 * @param {string} text
 * @param {PromptNode} node
 * @returns {Choice | null}
 */
export function readChoice(text, node) {
  const head = headOf(text, node);
  const start = node.start + 1 + (head ? head[0].length : 0);
  const bars = barsOf(text, node, start);
  if (!head && !bars.length) return null;
  const edges = [start - 1, ...bars, node.coreEnd];
  const options = edges.slice(1).map((edge, index) => readOption(text, at(edges, index) + 1, edge));
  if (!head) return { low: 1, high: 1, separator: DEFAULT_SEPARATOR, options };
  const [low, high] = boundsOf(head, options.length);
  return { low, high, separator: head[5] ?? DEFAULT_SEPARATOR, options };
}

/**
 * The option between `start` and `end`, its weight `0.5::` taken off.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {Option}
 */
export function readOption(text, start, end) {
  let weight = 1;
  const match = optionWeight(text.slice(start, end));
  if (match) {
    weight = Number(match[1]);
    start += match[0].length;
  }
  while (start < end && isWhite(text.charAt(start))) start += 1;
  while (end > start && isWhite(text.charAt(end - 1))) end -= 1;
  return { start, end, weight };
}

/**
 * Indexes of the drawn options in the order drawn, none twice.
 * @param {number} low
 * @param {number} high
 * @param {number[]} weights
 * @param {Draws} draws
 */
export function draw(low, high, weights, draws) {
  const count = low === high ? low : draws.between(low, high);
  const left = weights.map((_, index) => index);
  const drawn = [];
  for (let round = 0; round < count; round += 1) {
    const place = draws.weighted(left.map((index) => at(weights, index)));
    drawn.push(...left.splice(place, 1));
  }
  return drawn;
}

/**
 * @param {string} text
 * @param {PromptNode} node
 */
function headOf(text, node) {
  return choiceHead(text.slice(node.start + 1, node.coreEnd));
}

/**
 * Positions of the bars that divide the options: not escaped, not inside a bracket.
 * @param {string} text
 * @param {PromptNode} node
 * @param {number} start
 */
function barsOf(text, node, start) {
  /** @type {number[]} */
  const bars = [];
  let position = start;
  for (const child of node.children) {
    barsBetween(text, position, child.start, bars);
    position = Math.max(position, child.end);
  }
  barsBetween(text, position, node.coreEnd, bars);
  return bars;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {number[]} bars
 */
function barsBetween(text, start, end, bars) {
  const stretch = text.slice(start, end);
  let bar = stretch.indexOf('|');
  while (bar >= 0) {
    if (bar === 0 || stretch[bar - 1] !== '\\') bars.push(start + bar);
    bar = stretch.indexOf('|', bar + 1);
  }
}

/**
 * @param {RegExpExecArray} head
 * @param {number} options
 * @returns {[low: number, high: number]}
 */
function boundsOf([, lower, dash, upper, upTo], options) {
  const low = Math.min(Number(lower ?? 0), options);
  const typed = upTo ?? upper;
  const high = Math.min(typed !== undefined ? Number(typed) : dash ? options : Number(lower ?? 0), options);
  return low <= high ? [low, high] : [high, low];
}

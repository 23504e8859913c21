/**
 * The tree of a prompt: what stands where in a text, without changing or copying it.
 *
 * Only what has a meaning becomes a node; the text between nodes is plain. Nodes carry positions in the text they
 * were read from, so the text itself stays the lossless source. The same as `cozygen/aliases/syntax.py`.
 */
import { at } from './at.js';
import { MAX_DEPTH, MAX_MARKS, choiceHead, isWeight, isWord, strip, structureOf } from './grammar.js';

/** @typedef {'alias'|'bare'|'wildcard'|'embedding'|'lora'|'break'|'paren'|'square'|'brace'} NodeKind */
/** @typedef {[start: number, end: number, first: string]} Mark */

const OPENERS = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
/** @type {Map<string, NodeKind>} */
const CLOSERS = new Map([
  [')', 'paren'],
  [']', 'square'],
  ['}', 'brace'],
]);

/**
 * A piece of a prompt that means something, at `start` (inclusive) to `end` (exclusive).
 *
 * `coreEnd` is where the content of a bracket ends: before the colon of its weight if it has one. `weight` is that
 * number as typed. `holder` is the node whose weight counts for this one: itself, or what it solely holds.
 */
export class PromptNode {
  /**
   * @param {NodeKind} kind
   * @param {number} start
   * @param {number} end
   * @param {PromptNode[]} children
   */
  constructor(kind, start, end, children = []) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.children = children;
    this.coreEnd = end;
    /** @type {string | null} */
    this.weight = null;
    /** @type {PromptNode | null} */
    this.holder = null;
    /** @type {PromptNode | null} */
    this.sole = null;
  }

  /** Whether this is a weighted token, `($name$:1.2)`, in any number of further parentheses. */
  get namesAlias() {
    return this.holder?.sole?.kind === 'alias';
  }
}

/**
 * The nodes of `text` in order, brackets with what is inside them. Linear in the length of the text.
 * @param {string} text
 * @returns {PromptNode[]}
 */
export function tree(text) {
  const marks = marksOf(text, MAX_MARKS);
  return marks.length ? build(text, marks, partnersOf(marks)) : [];
}

/**
 * Whether so much in a text means something that the rest of it is read as plain text.
 * @param {string} text
 */
export const isCut = (text) => text.length > MAX_MARKS && marksOf(text, MAX_MARKS + 1).length > MAX_MARKS;

/** @param {string} text @param {number} most */
function marksOf(text, most) {
  /** @type {Mark[]} */
  const marks = [];
  for (const match of text.matchAll(structureOf(text))) {
    const first = match[0].charAt(0);
    if (first !== '\\') marks.push([match.index, match.index + match[0].length, first]);
    if (marks.length === most) break;
  }
  return marks;
}

/**
 * Every node, outer before inner, in reading order.
 * @param {readonly PromptNode[]} nodes
 * @yields {PromptNode}
 * @returns {Generator<PromptNode>}
 */
export function* walk(nodes) {
  for (const node of nodes) {
    yield node;
    yield* walk(node.children);
  }
}

/**
 * For each bracket the index of its partner, -1 where it has none. A closer takes the nearest opener of its kind;
 * openers of another kind in between stay alone.
 * @param {Mark[]} marks
 */
function partnersOf(marks) {
  const partners = new Array(marks.length).fill(-1);
  /** @type {[index: number, closer: string][]} */
  const waiting = [];
  /** @type {Map<string, number>} */
  const count = new Map();
  marks.forEach(([, , first], index) => {
    const closer = OPENERS.get(first);
    if (closer) {
      waiting.push([index, closer]);
      count.set(closer, (count.get(closer) ?? 0) + 1);
    } else if (count.get(first)) {
      const opener = popUntil(waiting, count, first);
      partners[index] = opener;
      partners[opener] = index;
    }
  });
  return partners;
}

/**
 * @param {[number, string][]} waiting
 * @param {Map<string, number>} count
 * @param {string} closer
 */
function popUntil(waiting, count, closer) {
  for (;;) {
    const [index, wanted] = /** @type {[number, string]} */ (waiting.pop());
    count.set(wanted, (count.get(wanted) ?? 0) - 1);
    if (wanted === closer) return index;
  }
}

/**
 * @param {string} text
 * @param {Mark[]} marks
 * @param {number[]} partners
 */
function build(text, marks, partners) {
  /** @type {PromptNode[][]} */
  const levels = [[]];
  let before = 0;
  marks.forEach(([start, end, first], index) => {
    const closes = CLOSERS.get(first);
    const partner = at(partners, index);
    if (OPENERS.has(first)) open(levels, partners, index);
    else if (closes && partner >= 0) {
      const children = levels.pop() ?? [];
      levels.at(-1)?.push(bracket(text, closes, at(marks, partner)[0], end, children));
    } else if (!closes) {
      const leaf = leafOf(text, start, end, first, before);
      if (leaf) levels.at(-1)?.push(leaf);
    }
    before = end;
  });
  return at(levels, 0);
}

/**
 * @param {PromptNode[][]} levels
 * @param {number[]} partners
 * @param {number} index
 */
function open(levels, partners, index) {
  const partner = at(partners, index);
  if (partner < 0) return;
  if (levels.length > MAX_DEPTH) partners[partner] = -1;
  else levels.push([]);
}

/**
 * The node of a mark that is no bracket; `before` is where the mark before it ends.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} first
 * @param {number} before
 */
function leafOf(text, start, end, first, before) {
  if (first === '$') return new PromptNode('alias', start, end);
  if (first === '<') return new PromptNode('lora', start, end);
  if (first === ':') return bareOf(text, start, end, text.slice(end, end + 1), before);
  if (first === '_') return new PromptNode('wildcard', start, end);
  if (isWord(text, start - 1)) return null;
  if (first === 'e') return new PromptNode('embedding', start, end);
  return isWord(text, end) ? null : new PromptNode('break', start, end);
}

/**
 * The `category::name` around the colons, or null where what surrounds it says it is none.
 * @param {string} text
 * @param {number} colons
 * @param {number} end
 * @param {string} following
 * @param {number} before
 */
function bareOf(text, colons, end, following, before) {
  let start = colons;
  while (start > before && /[A-Za-z0-9_-]/.test(text.charAt(start - 1))) start -= 1;
  const category = text.slice(start, colons);
  // A category that is a number would be the weight of an option: {2::red|blue}.
  if (/^[0-9]*$/.test(category) || (start > 0 && '$:'.includes(text.charAt(start - 1)))) return null;
  let nameEnd = end;
  while (nameEnd > colons && ':-'.includes(text.charAt(nameEnd - 1))) nameEnd -= 1;
  const name = text.slice(colons + 2, nameEnd).replace(/^:+/, '');
  const after = nameEnd < end ? text[nameEnd] : following;
  if (/^[0-9]*$/.test(name) || after === ':' || after === '$') return null;
  return new PromptNode('bare', start, nameEnd);
}

/**
 * @param {string} text
 * @param {NodeKind} kind
 * @param {number} start
 * @param {number} end
 * @param {PromptNode[]} children
 */
function bracket(text, kind, start, end, children) {
  const node = new PromptNode(kind, start, end, children);
  node.coreEnd = end - 1;
  if (kind === 'brace') {
    dropChoiceHead(text, node);
    return node;
  }
  if (kind === 'paren') readWeight(text, node);
  node.sole = soleOf(text, node);
  if (kind === 'paren') node.holder = node.weight !== null ? node : (node.sole?.holder ?? null);
  return node;
}

/**
 * Reads `:1.2` before the closing parenthesis; the content must not be empty.
 * @param {string} text
 * @param {PromptNode} node
 */
function readWeight(text, node) {
  const last = node.children.at(-1);
  const tailStart = !last ? node.start + 1 : last.kind === 'bare' ? last.start : last.end;
  const tail = text.slice(tailStart, node.end - 1);
  const colon = tail.lastIndexOf(':');
  if (colon < 0 || !isWeight(strip(tail.slice(colon + 1)))) return;
  const coreEnd = tailStart + colon;
  if (!strip(text.slice(node.start + 1, coreEnd))) return;
  node.weight = strip(tail.slice(colon + 1));
  node.coreEnd = coreEnd;
  if (last && last.end > coreEnd) shortenBare(text, node);
}

/**
 * In `(a::b:1.2)` the bare token took `b:1`; it ends where the weight begins.
 * @param {string} text
 * @param {PromptNode} node
 */
function shortenBare(text, node) {
  const last = /** @type {PromptNode} */ (node.children.pop());
  const colons = text.indexOf('::', last.start);
  const shorter = colons + 2 < node.coreEnd ? bareOf(text, colons, node.coreEnd, '', last.start) : null;
  if (shorter) node.children.push(shorter);
}

/**
 * The one child that is all a bracket holds, spaces aside.
 * @param {string} text
 * @param {PromptNode} node
 */
function soleOf(text, node) {
  const [child] = node.children;
  if (!child || node.children.length !== 1) return null;
  const around = text.slice(node.start + 1, child.start) + text.slice(child.end, node.coreEnd);
  return strip(around) ? null : child;
}

/**
 * In `{2$$and$$a|b}` the `$and$` is a separator, not an alias.
 * @param {string} text
 * @param {PromptNode} node
 */
function dropChoiceHead(text, node) {
  const head = choiceHead(text.slice(node.start + 1, node.coreEnd));
  if (!head) return;
  const headEnd = node.start + 1 + head[0].length;
  node.children = node.children.filter((child) => child.start >= headEnd);
}

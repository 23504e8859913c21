/** A weight spread over the parts of a text: `a, b` with 1.2 is `(a:1.2), (b:1.2)`. The same as `distribute.py`. */
import { isWhite, strip } from './grammar.js';
import { tree } from './syntax.js';

/** @typedef {import('./syntax.js').PromptNode} PromptNode */
/** @typedef {{ start: number, end: number, node: PromptNode | null }} Part */

const ALONE = new Set(['lora', 'break']);

/**
 * Wraps every part between commas outside brackets with the weight as typed. A part's own weight is replaced; LoRA
 * tags and BREAK are separators of their own and never wrapped.
 * @param {string} text
 * @param {string} weight
 */
export function distribute(text, weight) {
  let out = '';
  let previousEnd = 0;
  for (const { start, end, node } of partsOf(text)) {
    const between = text.slice(previousEnd, start);
    if (out) out += between.includes(',') ? ', ' : between ? ' ' : '';
    const alone = node !== null && ALONE.has(node.kind);
    out += alone ? text.slice(start, end) : `(${coreOf(text, start, end, node)}:${weight})`;
    previousEnd = end;
  }
  return out;
}

/**
 * How many parts there are at most.
 * @param {string} text
 */
export function partCount(text) {
  const count = (/** @type {string} */ sought) => text.split(sought).length - 1;
  return count(',') + 2 * count('<') + 2 * count('BREAK') + 1;
}

/**
 * Start, end and, where the part is one node, that node; blank parts left out.
 * @param {string} text
 */
function partsOf(text) {
  /** @type {Part[]} */
  const parts = [];
  let begin = 0;
  let position = 0;
  /** @type {PromptNode | null} */
  let first = null;
  for (const node of [...tree(text), null]) {
    const limit = node ? node.start : text.length;
    for (const comma of commasIn(text, position, limit)) {
      add(text, begin, comma, first, parts);
      begin = comma + 1;
      first = null;
    }
    const alone = node !== null && ALONE.has(node.kind);
    if (!node || alone) {
      add(text, begin, limit, first, parts);
      first = null;
    } else first ??= node;
    if (node) position = node.end;
    if (node && alone) {
      parts.push({ start: node.start, end: node.end, node });
      begin = position;
    }
  }
  return parts;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function commasIn(text, start, end) {
  const stretch = text.slice(start, end);
  const commas = [];
  for (let comma = stretch.indexOf(','); comma >= 0; comma = stretch.indexOf(',', comma + 1)) {
    commas.push(start + comma);
  }
  return commas;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {PromptNode | null} first
 * @param {Part[]} parts
 */
function add(text, start, end, first, parts) {
  while (start < end && isWhite(text.charAt(start))) start += 1;
  while (end > start && isWhite(text.charAt(end - 1))) end -= 1;
  if (start === end) return;
  const whole = first !== null && first.start === start && first.end === end;
  parts.push({ start, end, node: whole ? first : null });
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {PromptNode | null} node
 */
function coreOf(text, start, end, node) {
  const holder = node?.holder;
  return holder ? strip(text.slice(holder.start + 1, holder.coreEnd)) : text.slice(start, end);
}

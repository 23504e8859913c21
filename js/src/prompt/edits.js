/**
 * Edits of a prompt. Each names the element it means and answers a new prompt that shares what stayed. A gap that an
 * edit touches becomes `, `; line ends are kept. Throws for an element of another prompt. The same as `edits.py`.
 */
import { at } from './at.js';
import { isNumber, strip } from './grammar.js';
import { Prompt, parse, separates, stripOuter } from './elements.js';
import { tree, walk } from './syntax.js';
import { HIGHEST, formatWeight, isOne, readWeight, within } from './weights.js';

/** @typedef {import('./elements.js').Element} Element */
/** @typedef {[start: number, end: number]} Range */
/**
 * One `$alias$` anywhere in an element; `start` and `end` (in its source) take in its weight's parentheses.
 * @typedef {{ element: Element, name: string, weight: number | null, start: number, end: number }} AliasToken
 */

const SEPARATOR = ', ';

/**
 * Gives an element a weight; 1, null and what is no number take it away. A LoRA's strength is its own number.
 * @param {Prompt} prompt
 * @param {Element} element
 * @param {unknown} weight
 */
export function setWeight(prompt, element, weight) {
  const index = prompt.indexOf(element);
  const source = weighted(element, readWeight(weight));
  return source === element.source ? prompt : put(prompt, index, source);
}

/**
 * Takes an element out, and one of the gaps beside it.
 * @param {Prompt} prompt
 * @param {Element} element
 */
export function remove(prompt, element) {
  const index = prompt.indexOf(element);
  const elements = prompt.elements.toSpliced(index, 1);
  if (!elements.length) return new Prompt([], ['']);
  const before = at(prompt.gaps, index);
  const after = at(prompt.gaps, index + 1);
  if (index > 0 && index < elements.length) return joined(prompt, index, before, after);
  return new Prompt(elements, prompt.gaps.toSpliced(index, 2, index === 0 ? before : after));
}

/**
 * Puts a text before the element at `index` (at the end if there is none); a blank text changes nothing.
 * @param {Prompt} prompt
 * @param {number} index
 * @param {string} text
 */
export function insert(prompt, index, text) {
  const added = parse(stripOuter(text));
  if (!added.elements.length) return prompt;
  return withInserted(prompt, Math.min(Math.max(index, 0), prompt.elements.length), added);
}

/**
 * Puts a text where an element was; a blank text changes nothing.
 * @param {Prompt} prompt
 * @param {Element} element
 * @param {string} text
 */
export function replace(prompt, element, text) {
  const index = prompt.indexOf(element);
  const source = stripOuter(text);
  return source ? put(prompt, index, source) : prompt;
}

/**
 * Takes an element out and puts it in so that it is number `to` (from 0). Line ends stay where they are.
 * @param {Prompt} prompt
 * @param {Element} element
 * @param {number} to
 */
export function move(prompt, element, to) {
  const index = prompt.indexOf(element);
  to = Math.min(Math.max(to, 0), prompt.elements.length - 1);
  if (index === to) return prompt;
  const clusters = clustersOf(prompt);
  const here = clusters.findIndex(([start, end]) => start === index && end === index + 1);
  const there = clusters.findIndex(([start, end]) => (to < index ? start : end - 1) === to);
  if (here >= 0 && there >= 0) return permuted(prompt, clusters, here, there);
  const rest = remove(prompt, element);
  return withInserted(rest, Math.min(to, rest.elements.length), new Prompt([element], ['', '']));
}

/**
 * Every alias token of a prompt in reading order, inside brackets too.
 * @param {Prompt} prompt
 * @returns {AliasToken[]}
 */
export function aliasTokens(prompt) {
  return prompt.elements.flatMap((element) => (element.source.includes('$') ? tokensOf(element) : []));
}

/**
 * Gives one alias token a weight, wherever it stands.
 * @param {Prompt} prompt
 * @param {AliasToken} token
 * @param {unknown} weight
 */
export function setAliasWeight(prompt, token, weight) {
  const index = prompt.indexOf(token.element);
  const { source } = token.element;
  const wrapper = wrapped(`$${token.name}$`, readWeight(weight));
  const changed = source.slice(0, token.start) + wrapper + source.slice(token.end);
  return changed === source ? prompt : put(prompt, index, changed);
}

/**
 * @param {Element} element
 * @param {number | null} weight
 */
function weighted(element, weight) {
  if (element.kind === 'break') return element.source;
  if (element.kind === 'lora') return withStrength(element.source, weight);
  if (!element.holder) return wrapped(element.source, weight);
  const [start, end] = element.holder;
  const content = element.source.slice(start + 1, end - 1);
  const core = strip(content.slice(0, content.lastIndexOf(':')));
  return element.source.slice(0, start) + wrapped(core, weight) + element.source.slice(end);
}

/**
 * @param {string} core
 * @param {number | null} weight
 */
function wrapped(core, weight) {
  return weight === null || isOne(weight) ? core : `(${core}:${formatWeight(within(weight, 0))})`;
}

/**
 * @param {string} source
 * @param {number | null} weight
 */
function withStrength(source, weight) {
  const strength = weight === null ? 1 : within(weight, -HIGHEST);
  const parts = source.slice(1, -1).split(':');
  if (parts.length > 2 && isNumber(strip(at(parts, 2)))) parts[2] = formatWeight(strength);
  else if (!isOne(strength)) parts.splice(2, 0, formatWeight(strength));
  return `<${parts.join(':')}>`;
}

/**
 * @param {Element} element
 * @returns {AliasToken[]}
 */
function tokensOf(element) {
  const tokens = [];
  /** @type {Map<number, import('./syntax.js').PromptNode>} */
  const wrappers = new Map();
  for (const node of walk(tree(element.source))) {
    if (node.weight !== null && node.sole) wrappers.set(node.sole.start, node);
    else if (node.kind === 'alias') {
      const outer = wrappers.get(node.start);
      const name = element.source.slice(node.start + 1, node.end - 1);
      const { start, end } = outer ?? node;
      tokens.push({ element, name, weight: outer ? Number(outer.weight) : null, start, end });
    }
  }
  return tokens;
}

/**
 * A prompt with the element at `index` replaced by whatever `source` reads as.
 * @param {Prompt} prompt
 * @param {number} index
 * @param {string} source
 */
function put(prompt, index, source) {
  const read = parse(source);
  const gaps = [...read.gaps];
  gaps[0] = at(prompt.gaps, index) + at(gaps, 0);
  gaps.push((gaps.pop() ?? '') + at(prompt.gaps, index + 1));
  const changed = new Prompt(
    prompt.elements.toSpliced(index, 1, ...read.elements),
    prompt.gaps.toSpliced(index, 2, ...gaps),
  );
  return settled(settled(changed, index + read.elements.length), index);
}

/**
 * Keeps the elements before and after gap `index` apart where, without a separator, they would read as one.
 * @param {Prompt} prompt
 * @param {number} index
 */
function settled(prompt, index) {
  const gap = at(prompt.gaps, index);
  if (index < 1 || index >= prompt.elements.length || separates(gap)) return prompt;
  const left = at(prompt.elements, index - 1).source;
  const right = at(prompt.elements, index).source;
  const read = parse(left + gap + right);
  const sources = read.elements.map((element) => element.source);
  if (sources.length === 2 && sources[0] === left && sources[1] === right) return prompt;
  if (!gap) return new Prompt(prompt.elements, prompt.gaps.with(index, SEPARATOR));
  const elements = prompt.elements.toSpliced(index - 1, 2, ...read.elements);
  return new Prompt(elements, prompt.gaps.toSpliced(index, 1, ...read.gaps.slice(1, -1)));
}

/**
 * A prompt without the element at `index`, which stood between two others.
 * @param {Prompt} prompt
 * @param {number} index
 * @param {string} before
 * @param {string} after
 */
function joined(prompt, index, before, after) {
  const elements = prompt.elements.toSpliced(index, 1);
  return settled(new Prompt(elements, prompt.gaps.toSpliced(index, 2, gapBetween(before, after))), index);
}

/**
 * @param {string} before
 * @param {string} after
 */
function gapBetween(before, after) {
  const lines = (/** @type {string} */ gap) => gap.split('\n').length - 1;
  if (lines(before) || lines(after)) return lines(after) > lines(before) ? after : before;
  if (separates(before) || separates(after)) return SEPARATOR;
  return before || after;
}

/**
 * @param {Prompt} prompt
 * @param {number} index
 * @param {Prompt} added
 */
function withInserted(prompt, index, added) {
  const [before, after] = gapsAround(prompt, index);
  return new Prompt(
    prompt.elements.toSpliced(index, 0, ...added.elements),
    prompt.gaps.toSpliced(index, 1, before, ...added.gaps.slice(1, -1), after),
  );
}

/**
 * @param {Prompt} prompt
 * @param {number} index
 * @returns {[before: string, after: string]}
 */
function gapsAround(prompt, index) {
  const gap = at(prompt.gaps, index);
  if (!prompt.elements.length) return ['', ''];
  if (index === 0) return [gap, SEPARATOR];
  return index === prompt.elements.length ? [normal(gap), ''] : [SEPARATOR, normal(gap)];
}

/**
 * Runs of elements with no separator between them, as index ranges.
 * @param {Prompt} prompt
 * @returns {Range[]}
 */
function clustersOf(prompt) {
  const edges = prompt.elements.flatMap((_, index) => (index && separates(at(prompt.gaps, index)) ? [index] : []));
  return [0, ...edges].map((start, place) => [start, edges[place] ?? prompt.elements.length]);
}

/**
 * Moves a whole cluster; the gaps between clusters keep their order.
 * @param {Prompt} prompt
 * @param {Range[]} clusters
 * @param {number} here
 * @param {number} there
 */
function permuted(prompt, clusters, here, there) {
  const order = clusters.toSpliced(here, 1).toSpliced(there, 0, at(clusters, here));
  const low = Math.min(here, there) - 1;
  const high = Math.min(Math.max(here, there), order.length - 2);
  const elements = [];
  const gaps = [at(prompt.gaps, 0)];
  for (const [place, [start, end]] of order.entries()) {
    const outer = at(prompt.gaps, at(clusters, place)[1]);
    elements.push(...prompt.elements.slice(start, end));
    gaps.push(...prompt.gaps.slice(start + 1, end), place >= low && place <= high ? normal(outer) : outer);
  }
  return new Prompt(elements, gaps);
}

/** @param {string} gap */
const normal = (gap) => (gap.includes('\n') ? gap : SEPARATOR);

/**
 * A prompt as elements and the gaps between them; printing it gives the text it was read from.
 * The same as `cozygen/aliases/elements.py`.
 */
import { at } from './at.js';
import { isChoice } from './choices.js';
import { PIECES, gapEnd, isNumber, isWeight, isWhite, strip, stripEnd } from './grammar.js';
import { tree } from './syntax.js';
import { roundHundredths } from './weights.js';

/** @typedef {import('./syntax.js').PromptNode} PromptNode */
/**
 * @typedef {'tag'|'alias'|'group'|'lora'|'embedding'|'break'|'schedule'|'alternation'|'choice'|'wildcard'} ElementKind
 */

const SPLITTING = new Set(['alias', 'lora', 'break']);

/**
 * One movable piece of a prompt, told apart from others by identity.
 *
 * `source` is what the prompt says; `text` what it is about: without a weight's parentheses, an alias without its
 * dollars, a LoRA or embedding by its name. `weight` is the number that is written down, `emphasis` what it comes to
 * with plain brackets counted (1.1 each). `holder` is where in `source` the wrapper with the weight stands.
 */
export class Element {
  /**
   * @param {ElementKind} kind
   * @param {string} source
   * @param {string} text
   * @param {number | null} weight
   * @param {number} emphasis
   * @param {[start: number, end: number] | null} holder
   */
  constructor(kind, source, text, weight = null, emphasis = 1, holder = null) {
    this.kind = kind;
    this.source = source;
    this.text = text;
    this.weight = weight;
    this.emphasis = emphasis;
    this.holder = holder;
  }
}

/**
 * Elements and gaps of one text: gap, element, gap, element, gap. Never changed: an edit makes another one that
 * shares what stayed.
 */
export class Prompt {
  /**
   * @param {readonly Element[]} elements
   * @param {readonly string[]} gaps one more than elements
   */
  constructor(elements, gaps) {
    this.elements = elements;
    this.gaps = gaps;
  }

  toString() {
    return at(this.gaps, 0) + this.elements.map((element, index) => element.source + at(this.gaps, index + 1)).join('');
  }

  /**
   * Where each element stands in the printed text.
   * @returns {[start: number, end: number][]}
   */
  spans() {
    let position = at(this.gaps, 0).length;
    return this.elements.map((element, index) => {
      const start = position;
      const end = start + element.source.length;
      position = end + at(this.gaps, index + 1).length;
      return [start, end];
    });
  }

  /**
   * The place of this very element; throws for one of another prompt.
   * @param {Element} element
   */
  indexOf(element) {
    const index = this.elements.indexOf(element);
    if (index < 0) throw new RangeError('the element is not part of this prompt');
    return index;
  }
}

/**
 * Reads any text. Linear in its length; printing gives the text back always.
 *
 * Commas and line ends outside brackets separate. Aliases, LoRA tags, BREAK and a weighted group at the start of an
 * element stand alone even when glued to their neighbours.
 * @param {string} text
 */
export function parse(text) {
  const reader = new Reader(text);
  let position = 0;
  for (const node of tree(text)) {
    reader.plain(position, node.start);
    reader.node(node);
    position = node.end;
  }
  reader.plain(position, text.length);
  return reader.finish();
}

/**
 * Collects elements and gaps from left to right. `run` is where the element being read began (-1 for none),
 * `runNode` the node it began with, `done` where the last whole element ended.
 */
class Reader {
  /** @type {Element[]} */
  elements = [];
  /** @type {string[]} */
  gaps = [];
  run = -1;
  /** @type {PromptNode | null} */
  runNode = null;
  done = 0;

  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  /**
   * Reads text without nodes.
   * @param {number} start
   * @param {number} end
   */
  plain(start, end) {
    if (start === end) return;
    let position = gapEnd(this.text, start, end);
    if (this.run >= 0 && position > start && separates(this.text.slice(start, position))) this.close(start);
    if (position === end) return;
    for (const [, body = '', gap = ''] of this.text.slice(position, end).matchAll(PIECES)) {
      if (this.run < 0) this.run = position;
      position += body.length;
      if (gap) this.close(position);
      position += gap.length;
    }
  }

  /**
   * Reads a node.
   * @param {PromptNode} node
   */
  node(node) {
    if (SPLITTING.has(node.kind) || node.namesAlias || (this.run < 0 && node.holder !== null)) {
      this.close(node.start);
      this.add(elementOf(this.text, node), node.start, node.end);
    } else if (this.run < 0) {
      this.run = node.start;
      this.runNode = node;
    }
  }

  /**
   * Ends the element being read, spaces before `end` left to the gap.
   * @param {number} end
   */
  close(end) {
    if (this.run < 0) return;
    const source = stripEnd(this.text.slice(this.run, end));
    const kept = this.run + source.length;
    const node = this.runNode;
    const whole = node !== null && node.end === kept;
    this.add(whole ? elementOf(this.text, node) : new Element('tag', source, source), this.run, kept);
    this.run = -1;
    this.runNode = null;
  }

  /**
   * @param {Element} element
   * @param {number} start
   * @param {number} end
   */
  add(element, start, end) {
    this.gaps.push(this.text.slice(this.done, start));
    this.elements.push(element);
    this.done = end;
  }

  finish() {
    this.close(this.text.length);
    this.gaps.push(this.text.slice(this.done));
    return new Prompt(this.elements, this.gaps);
  }
}

/** @param {string} gap */
export const separates = (gap) => gap.includes(',') || gap.includes('\n');

/**
 * @param {string} text
 * @param {PromptNode} node
 */
function elementOf(text, node) {
  const source = text.slice(node.start, node.end);
  if (node.kind === 'lora') return loraOf(source);
  if (node.kind === 'paren' || node.kind === 'square') return bracketed(text, node, source);
  const [kind, said] = leafOf(text, node, source);
  return new Element(kind, source, said);
}

/** @param {string} source */
function loraOf(source) {
  const parts = source.slice(1, -1).split(':');
  const number = strip(parts[2] ?? '');
  const weight = isNumber(number) ? Number(number) : null;
  return new Element('lora', source, at(parts, 1), weight, weight ?? 1);
}

/**
 * @param {string} text
 * @param {PromptNode} node
 * @param {string} source
 */
function bracketed(text, node, source) {
  const emphasis = roundHundredths(emphasisOf(text, node));
  const { holder } = node;
  if (!holder) {
    return new Element(node.kind === 'square' ? squareKind(text, node) : 'tag', source, source, null, emphasis);
  }
  const [kind, said] = heldBy(text, holder);
  return new Element(kind, source, said, Number(holder.weight ?? '1'), emphasis, [
    holder.start - node.start,
    holder.end - node.start,
  ]);
}

/**
 * @param {string} text
 * @param {PromptNode | null} node
 */
function emphasisOf(text, node) {
  let emphasis = 1;
  while (node) {
    if (node.kind === 'paren') emphasis *= node.weight !== null ? Number(node.weight) : 1.1;
    else if (node.kind === 'square' && squareKind(text, node) === 'tag') emphasis /= 1.1;
    else break;
    node = node.sole;
  }
  return emphasis;
}

/**
 * Kind and text of what a weight holds.
 * @param {string} text
 * @param {PromptNode} holder
 * @returns {[ElementKind, string]}
 */
function heldBy(text, holder) {
  const content = strip(text.slice(holder.start + 1, holder.coreEnd));
  if (holder.sole) return leafOf(text, holder.sole, content);
  const several = separates(plainText(text, holder)) || holder.children.some((child) => SPLITTING.has(child.kind));
  return [several ? 'group' : 'tag', content];
}

/**
 * Kind and text of an element that is this one node.
 * @param {string} text
 * @param {PromptNode} node
 * @param {string} source
 * @returns {[ElementKind, string]}
 */
function leafOf(text, node, source) {
  if (node.kind === 'alias') return ['alias', source.slice(1, -1)];
  if (node.kind === 'wildcard') return ['wildcard', source.slice(2, -2)];
  if (node.kind === 'embedding') return ['embedding', source.slice('embedding:'.length)];
  if (node.kind === 'break') return ['break', source];
  if (node.kind === 'square') return [squareKind(text, node), source];
  if (node.kind === 'brace' && isChoice(text, node)) return ['choice', source];
  return ['tag', source];
}

/**
 * `[a:b:0.5]` is a schedule, `[a|b]` an alternation, anything else de-emphasis.
 * @param {string} text
 * @param {PromptNode} node
 * @returns {ElementKind}
 */
function squareKind(text, node) {
  const plain = plainText(text, node);
  if (plain.includes('|')) return 'alternation';
  if (!plain.includes(':')) return 'tag';
  return isWeight(strip(plain.slice(plain.lastIndexOf(':') + 1))) ? 'schedule' : 'tag';
}

/**
 * The content of a bracket without what stands in brackets inside it.
 * @param {string} text
 * @param {PromptNode} node
 */
function plainText(text, node) {
  let plain = '';
  let position = node.start + 1;
  for (const child of node.children) {
    plain += text.slice(position, child.start);
    position = child.end;
  }
  return plain + text.slice(position, node.coreEnd);
}

/**
 * Whether a text is nothing but spaces and commas.
 * @param {string} text
 */
export function stripOuter(text) {
  let start = 0;
  let end = text.length;
  const outer = (/** @type {number} */ index) => text[index] === ',' || isWhite(text.charAt(index));
  while (start < end && outer(start)) start += 1;
  while (end > start && outer(end - 1)) end -= 1;
  return text.slice(start, end);
}

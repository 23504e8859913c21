/**
 * What a prompt says once its aliases, choices and wildcards are put in: the preview of what the server will do.
 * The same as `cozygen/aliases/expand.py`, which describes it.
 */
import { at } from './at.js';
import { draw, isChoice, readChoice, readOption } from './choices.js';
import { distribute, partCount } from './distribute.js';
import { Draws } from './randomness.js';
import { isCut, tree } from './syntax.js';

/** @typedef {import('./syntax.js').PromptNode} PromptNode */
/** @typedef {import('./library.js').AliasLibrary} AliasLibrary */
/** @typedef {import('./randomness.js').Seed} Seed */
/** @typedef {import('./choices.js').Option} Option */
/**
 * @typedef {'unknown_alias'|'ambiguous_alias'|'cyclic_alias'|'too_deep'|'too_large'|'unknown_wildcard'} ProblemCode
 */
/**
 * Something that stayed as it was, at `start` to `end` of the prompt; `via` are the aliases it came through.
 * @typedef {{ code: ProblemCode, name: string, start: number, end: number, via: string[], candidates: string[] }} Problem
 */
/**
 * A stretch of the result that was put in for the `source` stretch of the prompt.
 * @typedef {{ start: number, end: number, sourceStart: number, sourceEnd: number }} Put
 */
/**
 * The result, what stayed and why, the keys of the aliases used, and where something was put in.
 * @typedef {{ text: string, problems: Problem[], used: string[], puts: Put[] }} Expansion
 */
/**
 * `seed` is the run's, without one choices and wildcards stay; `stream` names the field; `wildcards` answers the
 * options of a name.
 * @typedef {{ seed?: Seed | null, stream?: string, wildcards?: ((name: string) => readonly string[]) | null }} Drawing
 */

/** Longest result, in UTF-16 units. */
export const MAX_LENGTH = 1 << 20;
const MAX_NESTING = 64;
const STEP_COST = 32;
const MAX_PROBLEMS = 100;

/**
 * Expands a prompt. Never throws; unknown, ambiguous and cyclic names stay in the text and are reported.
 * @param {string} text
 * @param {AliasLibrary} library
 * @param {Drawing} drawing
 * @returns {Expansion}
 */
export function expand(text, library, drawing = {}) {
  if (text.length > MAX_LENGTH) {
    const problem = { name: '', start: 0, end: text.length, via: [], candidates: [] };
    return { text, problems: [{ code: 'too_large', ...problem }], used: [], puts: [] };
  }
  return new Expander(library, drawing).run(text);
}

/**
 * The nodes that expansion looks at; other brackets are transparent.
 * @param {readonly PromptNode[]} nodes
 * @param {string} text
 * @param {boolean} draws
 * @returns {PromptNode[]}
 */
function placesIn(nodes, text, draws) {
  return nodes.flatMap((node) => {
    if (node.kind === 'alias' || node.kind === 'bare' || (draws && node.kind === 'wildcard')) return [node];
    if (node.weight !== null && (node.sole?.kind === 'alias' || node.sole?.kind === 'bare')) return [node];
    if (draws && node.kind === 'brace' && isChoice(text, node)) return [node];
    return placesIn(node.children, text, draws);
  });
}

/** One expansion: its budget, its problems and the names it is inside of. */
class Expander {
  #library;
  #seed;
  #stream;
  #wildcards;
  #draws;
  #budget = MAX_LENGTH;
  /** @type {Map<string, Problem>} */
  #problems = new Map();
  /** @type {Set<string>} */
  #used = new Set();
  /** @type {string[]} */
  #inside = [];
  #depth = 0;
  #place = { ordinal: 0, start: 0, end: 0 };
  /** @type {Draws | null} */
  #random = null;
  /** @type {Map<string, Option[]>} */
  #options = new Map();
  /** @type {Map<string, PromptNode[]>} */
  #plans = new Map();

  /**
   * @param {AliasLibrary} library
   * @param {Drawing} drawing
   */
  constructor(library, { seed = null, stream = '', wildcards = null }) {
    this.#library = library;
    this.#seed = seed;
    this.#stream = stream;
    this.#wildcards = wildcards;
    this.#draws = seed !== null;
  }

  /**
   * Expands the prompt itself.
   * @param {string} text
   * @returns {Expansion}
   */
  run(text) {
    this.#budget -= text.length;
    this.#place = { ordinal: 0, start: 0, end: text.length };
    if (isCut(text)) this.#report('too_large', '');
    let out = '';
    let position = 0;
    /** @type {Put[]} */
    const puts = [];
    for (const [ordinal, node] of placesIn(tree(text), text, this.#draws).entries()) {
      this.#place = { ordinal, start: node.start, end: node.end };
      this.#random = null;
      const result = this.#node(text, node);
      out += text.slice(position, node.start);
      const start = out.length;
      out += result;
      if (result !== text.slice(node.start, node.end)) {
        puts.push({ start, end: out.length, sourceStart: node.start, sourceEnd: node.end });
      }
      position = node.end;
    }
    out += text.slice(position);
    return { text: out, problems: [...this.#problems.values()], used: [...this.#used], puts };
  }

  /**
   * @param {string} text
   * @param {readonly PromptNode[]} nodes
   * @param {number} start
   * @param {number} end
   */
  #range(text, nodes, start, end) {
    let out = '';
    let position = start;
    for (const node of nodes) {
      out += text.slice(position, node.start) + this.#node(text, node);
      position = node.end;
    }
    return out + text.slice(position, end);
  }

  /**
   * @param {string} text
   * @param {PromptNode} node
   */
  #node(text, node) {
    const source = text.slice(node.start, node.end);
    if (node.kind === 'alias') return this.#textOf(source.slice(1, -1)) ?? source;
    if (node.kind === 'bare') return this.#bareText(source) ?? source;
    if (node.kind === 'wildcard') return this.#wildcard(source);
    if (node.kind === 'brace') return this.#choice(text, node);
    return this.#weighted(text, node);
  }

  /**
   * @param {string} text
   * @param {PromptNode} node
   */
  #weighted(text, { start, end, sole, weight }) {
    const whole = text.slice(start, end);
    if (!sole || weight === null) return whole;
    const source = text.slice(sole.start, sole.end);
    const result = sole.kind === 'alias' ? this.#textOf(source.slice(1, -1)) : this.#bareText(source);
    if (result === null || !this.#pays(source, partCount(result) * (weight.length + 4))) return whole;
    return distribute(result, weight);
  }

  /**
   * The expanded text of the alias a token names, or null where the token stays.
   * @param {string} name
   */
  #textOf(name) {
    const found = this.#library.find(name);
    if (!found) return this.#report('unknown_alias', name);
    if ('ambiguous' in found) return this.#report('ambiguous_alias', name, found.ambiguous);
    return this.#inserted(name, found.alias);
  }

  /** @param {string} source */
  #bareText(source) {
    const cut = source.indexOf('::');
    if (!this.#library.aliases.length || !this.#library.knowsCategory(source.slice(0, cut))) return null;
    const found = this.#library.findExactly(source);
    if (found) return this.#inserted(source, found);
    this.#report('unknown_alias', source);
    return source.slice(cut).replace(/^:+/, '');
  }

  /**
   * @param {string} name
   * @param {import('./library.js').Alias} alias
   */
  #inserted(name, { key, text }) {
    if (this.#inside.includes(key)) return this.#report('cyclic_alias', name);
    if (!this.#enters(name, text)) return null;
    this.#used.add(key);
    return this.#within(key, text, this.#planOf(text), 0, text.length);
  }

  /**
   * @param {string} key
   * @param {string} text
   * @param {readonly PromptNode[]} nodes
   * @param {number} start
   * @param {number} end
   */
  #within(key, text, nodes, start, end) {
    this.#inside.push(key);
    this.#depth += 1;
    const result = this.#range(text, nodes, start, end);
    this.#depth -= 1;
    this.#inside.pop();
    return result;
  }

  /** @param {string} source */
  #wildcard(source) {
    if (!this.#wildcards) return source;
    const name = source.slice(2, -2);
    const options = this.#wildcards(name);
    if (!options.length || this.#inside.includes(source)) {
      this.#report(options.length ? 'cyclic_alias' : 'unknown_wildcard', options.length ? source : name);
      return source;
    }
    const read = this.#readOptions(name, options);
    const place = this.#generator().weighted(read.map((option) => option.weight));
    const option = at(options, place);
    const { start, end } = at(read, place);
    if (!this.#enters(name, option)) return source;
    const nodes = this.#planOf(option).filter((found) => found.start >= start);
    return this.#within(source, option, nodes, start, end);
  }

  /**
   * @param {string} text
   * @param {PromptNode} node
   */
  #choice(text, node) {
    const source = text.slice(node.start, node.end);
    const choice = readChoice(text, node);
    if (!choice || !this.#enters('{}', '')) return source;
    if (!this.#pays('{}', choice.high * (choice.options.length + choice.separator.length))) return source;
    const weights = choice.options.map((option) => option.weight);
    const drawn = draw(choice.low, choice.high, weights, this.#generator());
    const nodes = placesIn(node.children, text, true);
    this.#depth += 1;
    const results = drawn.map((index) => {
      const { start, end } = at(choice.options, index);
      return this.#range(
        text,
        nodes.filter((found) => start <= found.start && found.start < end),
        start,
        end,
      );
    });
    this.#depth -= 1;
    return results.join(choice.separator);
  }

  /** @param {string} text */
  #planOf(text) {
    const plan = this.#plans.get(text) ?? placesIn(tree(text), text, this.#draws);
    this.#plans.set(text, plan);
    return plan;
  }

  /**
   * @param {string} name
   * @param {readonly string[]} options
   */
  #readOptions(name, options) {
    const read = this.#options.get(name) ?? options.map((option) => readOption(option, 0, option.length));
    this.#options.set(name, read);
    return read;
  }

  #generator() {
    this.#random ??= new Draws(this.#seed ?? 0, this.#stream, this.#place.ordinal);
    return this.#random;
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #enters(name, text) {
    if (this.#depth >= MAX_NESTING) {
      this.#report('too_deep', name);
      return false;
    }
    if (isCut(text)) this.#report('too_large', name);
    return this.#pays(name, text.length + STEP_COST);
  }

  /**
   * @param {string} name
   * @param {number} cost
   */
  #pays(name, cost) {
    if (cost <= this.#budget) {
      this.#budget -= cost;
      return true;
    }
    this.#report('too_large', name);
    return false;
  }

  /**
   * @param {ProblemCode} code
   * @param {string} name
   * @param {string[]} candidates
   * @returns {null}
   */
  #report(code, name, candidates = []) {
    const { start, end } = this.#place;
    const place = JSON.stringify([code, name, start]);
    if (this.#problems.size < MAX_PROBLEMS && !this.#problems.has(place)) {
      this.#problems.set(place, { code, name, start, end, via: [...this.#inside], candidates });
    }
    return null;
  }
}

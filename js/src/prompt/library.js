/** The aliases of a document, found by any spelling of their names. The same as `cozygen/aliases/library.py`. */
import { isAliasName, strip } from './grammar.js';
import { KNOWN } from './topics.js';

/**
 * One alias. `token` is what stands between dollars to reach it.
 * @typedef {{ key: string, category: string, name: string, text: string, token: string }} Alias
 */
/**
 * What a name leads to: one alias, several that differ, or none.
 * @typedef {{ alias: Alias } | { ambiguous: string[] } | null} Found
 */

/** Read from a document once; finding a name is one look-up. */
export class AliasLibrary {
  /** @type {Map<string, Alias>} */
  #exact = new Map();
  /** @type {Map<string, Alias[]>} */
  #byBase = new Map();
  /** @type {Set<string>} */
  #categories;

  /**
   * @param {Alias[]} aliases
   * @param {string[]} categories
   */
  constructor(aliases, categories = []) {
    this.aliases = aliases;
    this.#categories = new Set([...KNOWN, ...categories.map((name) => name.toLowerCase())]);
    for (const alias of aliases) this.#enter(alias);
    for (const alias of aliases) {
      const full = normal(`${alias.category}:${alias.name}`);
      if (alias.category && !this.#exact.has(full)) this.#exact.set(full, alias);
    }
  }

  /**
   * From `{items, categories, categoryList}` or a bare map of key to text. Keys and texts are trimmed; what is empty
   * or no text is left out.
   * @param {unknown} document
   */
  static fromDocument(document) {
    if (!isObject(document)) return new AliasLibrary([]);
    const { items, categories, categoryList } = document;
    if (!isObject(items)) return new AliasLibrary(read(document, {}));
    const names = Array.isArray(categoryList) ? categoryList.filter((name) => typeof name === 'string') : [];
    return new AliasLibrary(read(items, isObject(categories) ? categories : {}), names);
  }

  /**
   * The alias that a token names: by its full name, else by its last part where that is unique.
   * @param {string} name
   * @returns {Found}
   */
  find(name) {
    const wanted = normal(name);
    const exact = this.#exact.get(wanted);
    if (exact) return { alias: exact };
    const candidates = wanted.includes(':') ? [] : (this.#byBase.get(wanted) ?? []);
    const [first] = candidates;
    if (!first) return null;
    const same = candidates.every((alias) => alias.text === first.text);
    return same ? { alias: first } : { ambiguous: candidates.map((alias) => alias.key) };
  }

  /**
   * The alias of a full name with its category.
   * @param {string} name
   */
  findExactly(name) {
    return this.#exact.get(normal(name)) ?? null;
  }

  /**
   * Whether `name::` before a word means a category; other double colons are left alone.
   * @param {string} name
   */
  knowsCategory(name) {
    return this.#categories.has(name.toLowerCase());
  }

  /** @param {Alias} alias */
  #enter(alias) {
    const full = normal(alias.key);
    const base = full.slice(full.lastIndexOf(':') + 1);
    this.#exact.set(full, alias);
    this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), alias]);
    if (alias.category) this.#categories.add(alias.category.toLowerCase());
    if (alias.key.includes('::')) this.#categories.add(alias.key.slice(0, alias.key.indexOf('::')).toLowerCase());
  }
}

/**
 * Lower case, and one colon for any number of them.
 * @param {string} name
 */
export const normal = (name) => name.toLowerCase().replace(/::+/g, ':');

/**
 * @param {Record<string, unknown>} items
 * @param {Record<string, unknown>} categories
 */
function read(items, categories) {
  /** @type {Map<string, Alias>} */
  const found = new Map();
  for (const [rawKey, rawText] of Object.entries(items)) {
    if (typeof rawText !== 'string') continue;
    const key = strip(rawKey);
    const text = strip(rawText);
    if (!key || !text) continue;
    found.delete(key);
    found.set(key, aliasOf(key, text, own(categories, rawKey) ?? own(categories, key)));
  }
  return [...found.values()];
}

/**
 * @param {string} key
 * @param {string} text
 * @param {unknown} category
 * @returns {Alias}
 */
function aliasOf(key, text, category) {
  const cut = key.indexOf('::');
  const name = cut < 0 ? key : key.slice(cut + 2);
  const group = (typeof category === 'string' && strip(category)) || key.slice(0, Math.max(cut, 0));
  const token = group ? `${group}:${name}` : name;
  return { key, category: group, name, text, token: isAliasName(token) ? token : normal(key) };
}

/**
 * @param {Record<string, unknown>} map
 * @param {string} key
 */
const own = (map, key) => (Object.hasOwn(map, key) ? map[key] : undefined);

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

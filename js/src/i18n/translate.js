/** @typedef {typeof import('./en.js').en} English */

/** @typedef {keyof English} Key */
/** @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Message */
/** @typedef {Record<Key, Message>} Dict */
/** @typedef {Record<string, string | number>} Vars */

/** @type {Map<string, Intl.PluralRules>} */
const rules = new Map();
/** @type {Map<string, Intl.NumberFormat>} */
const numbers = new Map();

/**
 * @template T
 * @param {Map<string, T>} cache
 * @param {string} lang
 * @param {(lang: string) => T} make
 */
function cached(cache, lang, make) {
  const found = cache.get(lang);
  if (found) return found;
  const made = make(lang);
  cache.set(lang, made);
  return made;
}

/**
 * @param {Message} message
 * @param {string} lang
 * @param {Vars} vars
 */
function pick(message, lang, vars) {
  if (typeof message === 'string') return message;
  const rule = cached(rules, lang, (l) => new Intl.PluralRules(l)).select(Number(vars.count));
  return message[rule] ?? message.other ?? '';
}

/**
 * @param {string} lang
 * @param {Dict} dict
 * @param {Key} key
 * @param {Vars} [vars] numbers are written in the language's way
 */
export function translate(lang, dict, key, vars = {}) {
  return pick(dict[key], lang, vars).replace(/\{(\w+)\}/g, (_, name) => {
    const value = vars[name];
    if (typeof value !== 'number') return value ?? '';
    return cached(numbers, lang, (l) => new Intl.NumberFormat(l)).format(value);
  });
}

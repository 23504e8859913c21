/** Names of aliases: `category::name`, each of letters, digits, `_` and `-` so that a token can reach it. */

const NAME = /^[a-z0-9_-]+(:{1,2}[a-z0-9_-]+)*$/i;

/**
 * What a person typed as a name, as one that can be reached.
 * @param {string} words
 */
export const reachable = (words) =>
  words
    .trim()
    .normalize('NFC')
    .replace(/[^A-Za-z0-9_:-]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** @param {string} name */
export const isReachable = (name) => NAME.test(name);

/**
 * A name without its category, and the whole key again.
 * @param {string} key
 * @param {string} category
 */
export function shortName(key, category) {
  const head = `${category}::`;
  return category && key.toLowerCase().startsWith(head.toLowerCase()) ? key.slice(head.length) : key;
}

/**
 * The key of an alias. One that had its category in front keeps it so; a new one has it in front.
 * @param {string} name
 * @param {string} category
 * @param {string | null} before the key until now
 */
export function keyOf(name, category, before) {
  if (!category || name.includes('::')) return name;
  return before !== null && !before.includes('::') ? name : `${category}::${name}`;
}

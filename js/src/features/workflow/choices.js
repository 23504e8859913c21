/** Long lists of names, mostly of model files. */

/** @param {string} path */
export const baseName = (path) =>
  path
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/\.(safetensors|ckpt|pt|pth|gguf|sft)$/i, '') ?? path;

/** @param {string} path */
const folderOf = (path) => path.split(/[\\/]/).slice(0, -1).join('/');

/** @param {readonly string[]} choices */
export const foldersOf = (choices) =>
  [...new Set(choices.map(folderOf))].filter(Boolean).sort((a, b) => a.localeCompare(b));

/** `_`, `-`, `.` and space are the same. @param {string} text */
const plain = (text) => text.toLowerCase().replace(/[\s_.\\/-]+/g, ' ');

/**
 * The choices that have every word, those whose name begins with the first one ahead.
 * @param {readonly string[]} choices
 * @param {string} words
 * @param {string} folder '' for all
 */
export function found(choices, words, folder) {
  const wanted = plain(words).split(' ').filter(Boolean);
  const inside = folder
    ? choices.filter((choice) => folderOf(choice) === folder || folderOf(choice).startsWith(`${folder}/`))
    : choices;
  const matches = inside.filter((choice) => wanted.every((word) => plain(choice).includes(word)));
  const [first] = wanted;
  if (!first) return matches;
  const ahead = (/** @type {string} */ choice) => Number(!plain(baseName(choice)).startsWith(first));
  return matches.toSorted((a, b) => ahead(a) - ahead(b));
}

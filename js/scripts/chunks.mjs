// Which code lies in which file. Over HTTP/1.1 a browser asks for six files at a time, and each costs a round trip:
// what every page needs is one file, each page one more, and the layers above pages (sheets, menus) one that comes later.

/**
 * The shared files from the ground up: one may need those before it, never those behind it. Not every page needs what
 * writes prompts, what drags, and what lies above pages.
 */
const FILES = /** @type {[string, RegExp][]} */ ([
  ['index', /^/],
  ['prompt', /[\\/]src[\\/](prompt|features[\\/](tags|aliases))[\\/]/],
  ['drag', /[\\/]node_modules[\\/]@dnd-kit[\\/]/],
  ['layers', /[\\/]node_modules[\\/](@base-ui|@floating-ui|tabbable|reselect)[\\/]/],
]);
const PAGE = /[\\/]pages[\\/][A-Z]\w+Page\.jsx$/;

/** @typedef {import('vite').Rollup.ModuleInfo} ModuleInfo */
/** @typedef {(id: string) => ModuleInfo | null} Look */

/** @param {string[]} roots @param {Look} look everything that comes along with the roots, and what they fetch later */
function closure(roots, look) {
  const found = new Set(roots);
  /** @type {Set<string>} */
  const later = new Set();
  for (const id of found) {
    const module = look(id);
    module?.importedIds.forEach((each) => found.add(each));
    module?.dynamicallyImportedIds.forEach((each) => later.add(each));
  }
  return { found, later };
}

/** @param {string} id @param {string[]} by who shares it @param {Look} look */
function fileOf(id, by, look) {
  if (!by.some((root) => PAGE.test(root))) return 'layers';
  const needed = [...closure([id], look).found];
  return FILES.findLast(([, test]) => needed.some((each) => test.test(each)))?.[0] ?? 'index';
}

/** @param {Look} look @param {string} entry @returns {Map<string, string>} the file of each module that is shared */
function sharedBetween(look, entry) {
  const first = closure([entry], look).found;
  const roots = new Set([entry]);
  for (const root of roots) closure([root], look).later.forEach((each) => roots.add(each));
  /** @type {Map<string, string[]>} */
  const users = new Map();
  for (const root of roots)
    for (const id of closure([root], look).found) users.set(id, [...(users.get(id) ?? []), root]);
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const [id, by] of users) {
    if (first.has(id)) files.set(id, 'index');
    else if (by.length > 1) files.set(id, fileOf(id, by, look));
  }
  return files;
}

/** @param {string} entry the end of the first module's path */
export function fewFiles(entry) {
  /** @type {Map<string, string> | null} */
  let files = null;
  /** @param {string} id @param {{ getModuleInfo: Look }} graph */
  const name = (id, graph) => {
    files ??= sharedBetween((each) => graph.getModuleInfo(each), entry);
    return files.get(id) ?? null;
  };
  return { groups: [{ name, debugName: 'few files' }], includeDependenciesRecursively: false };
}

/**
 * Categories inside categories.
 * @import { AliasCategory } from '../../services/apiTypes.js'
 */

/**
 * `label` is what it is called beside its siblings, `total` counts the aliases of everything inside it too.
 * @typedef {{ category: AliasCategory, label: string, total: number, children: Branch[] }} Branch
 */

/** @param {string | null | undefined} name */
const key = (name) => (name ?? '').toLowerCase();

/**
 * The categories that lie in no other, with those inside them, in the order they came in.
 * @param {readonly AliasCategory[]} categories
 * @returns {Branch[]}
 */
export function treeOf(categories) {
  const known = new Set(categories.map(({ name }) => key(name)));
  const inside = (/** @type {string} */ parent) =>
    categories.filter((each) => (known.has(key(each.parent)) ? key(each.parent) : '') === parent);
  /** @param {AliasCategory} category @param {string} above @returns {Branch} */
  const grow = (category, above) => {
    const full = category.label || category.name;
    const children = inside(key(category.name)).map((child) => grow(child, full));
    const total = children.reduce((sum, child) => sum + child.total, category.count);
    const label = above && full.startsWith(`${above} - `) ? full.slice(above.length + 3) : full;
    return { category, label, total, children };
  };
  return inside('').map((category) => grow(category, ''));
}

/**
 * The branches from the top to a category, itself last; none for a name that is not there.
 * @param {readonly Branch[]} tree
 * @param {string} name
 * @returns {Branch[]}
 */
export function pathTo(tree, name) {
  for (const branch of tree) {
    if (key(branch.category.name) === key(name)) return [branch];
    const below = pathTo(branch.children, name);
    if (below.length > 0) return [branch, ...below];
  }
  return [];
}

/**
 * Where a category may be put: not into itself, nor into what lies inside it.
 * @param {readonly Branch[]} tree
 * @param {string} name
 * @returns {Branch[]}
 */
export function placesFor(tree, name) {
  const fit = tree.filter(({ category }) => key(category.name) !== key(name));
  return fit.flatMap((branch) => [branch, ...placesFor(branch.children, name)]);
}

/**
 * What has to be written so that number `from` among siblings becomes number `to`.
 * @param {readonly Branch[]} siblings
 * @param {number} from
 * @param {number} to
 * @returns {{ name: string, order: number }[]}
 */
export function reordered(siblings, from, to) {
  const moved = siblings.toSpliced(from, 1).toSpliced(to, 0, ...siblings.slice(from, from + 1));
  return moved.flatMap(({ category: { name, order } }, place) => (order === place ? [] : [{ name, order: place }]));
}

/**
 * Arrows between the folders of `src` point one way (docs/architecture.md):
 * app → features → services, prompt, ui → i18n, styles. Features do not know each other.
 * @import { Rule } from 'eslint'
 */
import path from 'node:path';

/** What each folder may import, besides itself and packages. */
const MAY_IMPORT = /** @type {Record<string, string[]>} */ ({
  main: ['app', 'services', 'ui', 'i18n', 'styles'],
  app: ['features', 'services', 'prompt', 'ui', 'i18n', 'styles'],
  features: ['services', 'prompt', 'ui', 'i18n', 'styles'],
  services: ['i18n'],
  prompt: [],
  ui: ['i18n', 'styles'],
  i18n: [],
  styles: [],
});

/**
 * Where a file below `src` stands, or null outside of it.
 * @param {string} file
 */
export function placeOf(file) {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf('src');
  if (at < 0) return null;
  const inside = parts.slice(at + 1);
  const layer = inside.length === 1 ? 'main' : String(inside[0]);
  return { layer, feature: layer === 'features' ? String(inside[1]) : null };
}

/**
 * Why this import is not allowed, or null.
 * @param {string} from the importing file
 * @param {string} source the text of the import
 */
export function objection(from, source) {
  if (!source.startsWith('.')) return null;
  const here = placeOf(from);
  const there = placeOf(path.resolve(path.dirname(from), source));
  if (!here || !there) return null;
  if (here.layer === there.layer) {
    if (here.feature === there.feature) return null;
    return `features/${here.feature} may not import features/${there.feature}: let a page in app/pages combine them`;
  }
  if (MAY_IMPORT[here.layer]?.includes(there.layer)) return null;
  return `${here.layer} may not import ${there.layer}: arrows point app → features → services, prompt, ui → i18n, styles`;
}

/** @type {Rule.RuleModule} */
export const direction = {
  meta: { type: 'problem', schema: [], messages: { wrong: '{{why}}' } },
  create(context) {
    const check = (/** @type {any} */ node) => {
      const why = node.source && objection(context.filename, String(node.source.value));
      if (why) context.report({ node, messageId: 'wrong', data: { why } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

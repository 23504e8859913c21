// What the rules of accessibility say of a page.
import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';

/** @param {import('playwright-core').Page} page @param {string} what */
export async function axe(page, what) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  assert.deepEqual(
    violations.map((v) => `${what}: ${v.id} ${v.nodes[0]?.html.slice(0, 160)}`),
    [],
  );
}

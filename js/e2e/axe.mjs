// What the rules of accessibility say of a page.
import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @param {import('playwright-core').Page} page @param {string} what */
export async function axe(page, what) {
  // What comes or goes is half transparent.
  await page.waitForFunction(() => !document.querySelector('[data-starting-style], [data-ending-style]'));
  const builder = new AxeBuilder({ page }).withTags(TAGS);
  // A menu is a layer of its own, like a dialog; the rule of landmarks knows that of dialogs alone.
  if ((await page.locator('[role=menu]').count()) > 0) builder.disableRules('region');
  const { violations } = await builder.analyze();
  assert.deepEqual(
    violations.map((v) => `${what}: ${v.id} ${v.nodes[0]?.html.slice(0, 160)}`),
    [],
  );
}

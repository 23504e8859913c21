// The frame around every page: ways, layers, keys, and what happens when a page breaks.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { create } from './ways.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Walk } from './journeys.mjs' */

/** @param {Page} page @param {string} route */
const isAt = (page, route) => page.waitForFunction((wanted) => location.hash === wanted, route);

/** @param {Page} page how often the address changes within a second from now on */
const changes = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let count = 0;
        const counted = () => (count += 1);
        addEventListener('hashchange', counted);
        setTimeout(() => resolve(count), 1000);
      }),
  );

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const shellJourneys = {
  'changes between the tabs of the library, stays there, and goes back': async ({ page, url, server }) => {
    if (!server) return;
    await page.goto(`${url}#/library?tab=tags`);
    await page.getByText('saber').first().waitFor();
    const aliases = page.getByRole('button', { name: 'Aliases', exact: true });
    const counted = changes(page);
    await aliases.click();
    assert.ok(Number(await counted) <= 1, 'the address changes once');
    assert.match(await page.evaluate(() => location.hash), /tab=aliases/);
    await page.getByLabel('Search aliases').waitFor();
  },

  'leads on from the addresses of before': async ({ page, url, server }) => {
    if (!server) return;
    for (const [old, now] of [
      ['#/', '#/studio'],
      ['#/aliases', '#/library?tab=aliases'],
      ['#/tags?q=saber', '#/library?tab=tags&q=saber'],
    ]) {
      await page.goto(`${url}${old}`);
      await isAt(page, String(now));
    }
  },

  'closes what is on top with the way back, one layer at a time': async (walk) => {
    const { page, server } = walk;
    if (!server) return;
    await walk.page.goto(`${walk.url}#/studio`);
    await page.getByText('Newest').first().waitFor();
    await create(/** @type {any} */ (walk), '');
    await page.getByRole('button', { name: 'Presets' }).click();
    await page.getByRole('dialog').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isAt(page, '#/controls');
    await page.goBack();
    await isAt(page, '#/studio');
  },

  'is led by keys, says which, and leaves them to the field that one types in': async (walk) => {
    const { page, url, server } = walk;
    if (!server) return;
    await page.goto(`${url}#/studio`);
    await page.getByText('Newest').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await axe(page, 'the keys');
    await page.keyboard.press('3');
    assert.equal(await page.evaluate(() => location.hash), '#/studio', 'what lies on top has the keys');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('1');
    await isAt(page, '#/controls');
    const prompt = page.getByLabel('Prompt', { exact: true });
    await prompt.fill('');
    await prompt.pressSequentially('3 trees?');
    assert.equal(await prompt.inputValue(), '3 trees?');
    await isAt(page, '#/controls');
    const asked = page.waitForRequest(/api.queue/);
    await prompt.press('Control+Enter');
    assert.equal((await asked).postDataJSON().values.Prompt, '3 trees?');
  },

  'a page that breaks says so and gives its details; the other pages go on': async (walk) => {
    const { page, url, server } = walk;
    if (!server) return;
    await page.route('**/api/workflows/*/form', (route) =>
      route.fulfill({ json: { workflow: 'sketch.json', fields: [null], groups: [], problems: [] } }),
    );
    await page.goto(`${url}#/controls`);
    await page.getByRole('heading', { name: 'This page ran into a mistake of ours' }).waitFor();
    await axe(page, 'a page that broke');
    await page.getByRole('button', { name: 'Copy details' }).click();
    await page.getByText('Copied').first().waitFor();
    await page.unroute('**/api/workflows/*/form');
    await page.getByRole('link', { name: 'Gallery' }).click();
    await page.locator('.tile img[data-state=shown]').first().waitFor();
  },

  'signs out for good: the server ends the session': async (walk) => {
    const { page, url } = walk;
    const server = /** @type {import('./ways.mjs').StandIn | null} */ (walk.server);
    if (!server) return;
    const status = (/** @type {boolean} */ inside) => ({
      body: { authenticated: inside, user: inside ? 'ada' : null, auth_enabled: true },
    });
    try {
      server.troubles.add(/auth_status/, status(true));
      server.troubles.add(/GET api\/(sessions|tokens)/, { body: { sessions: [], tokens: [] } });
      server.troubles.add(/POST api\/logout/, { body: { ok: true } });
      await page.goto(`${url}#/settings`);
      const ended = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('api/logout'));
      await page.getByRole('button', { name: 'Sign out ada' }).waitFor();
      server.troubles.add(/auth_status/, status(false));
      await page.getByRole('button', { name: 'Sign out ada' }).click();
      await ended;
      await page.getByLabel('Password', { exact: true }).waitFor();
    } finally {
      server.troubles.calm();
    }
  },
};

// The main loop as one walk, on the real server with the built-in engine.
import assert from 'node:assert/strict';
import { choose } from './ways.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {{ page: Page, url: string, server: unknown }} Walk */

const SKETCH = 'Sketch a landscape.json';
const INVERT = 'pictures/Invert a picture.json';

/** @param {Page} page @param {string} url @param {string} path */
async function answer(page, url, path) {
  const reply = await page.request.get(url + path);
  assert.equal(reply.status(), 200, path);
  return reply.json();
}

/** @param {Page} page @param {string} url @returns {Promise<any>} the newest run once it is over */
async function newestRun(page, url) {
  for (;;) {
    const [run] = (await answer(page, url, 'api/runs?limit=1')).runs;
    if (['done', 'failed', 'cancelled'].includes(run.state)) return run;
    await page.waitForTimeout(100);
  }
}

/** @param {Page} page */
const run = (page) => page.getByRole('button', { name: 'Run', exact: true }).click();

/**
 * The form as another device left it, with a picture that is gone since.
 * @param {Page} page @param {string} url
 */
async function leaveAbsentPicture(page, url) {
  const { fields } = await answer(page, url, `api/workflows/${encodeURIComponent(INVERT)}/form`);
  const { name } = fields.find((/** @type {{ kind: string }} */ { kind }) => kind === 'image');
  const stored = `${url}api/form_values/${encodeURIComponent(INVERT)}`;
  const etag = (await page.request.get(stored)).headers().etag;
  const reply = await page.request.put(stored, {
    data: { values: { [name]: 'absent.png' } },
    headers: etag ? { 'if-match': etag } : {},
  });
  assert.equal(reply.status(), 200, await reply.text());
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const runJourneys = {
  'walks the whole loop: fill, run, watch, see, again with a new seed, tweak, cancel, a field in error': async ({
    page,
    url,
    server,
  }) => {
    if (server) return;
    const known = (await answer(page, url, 'workflows')).workflows;
    if (!known.includes(SKETCH) || !known.includes(INVERT)) return; // not the sample workflows
    const aliases = await page.request.put(`${url}api/aliases/keeper`, {
      data: { text: 'a lighthouse keeper' },
      headers: { 'if-none-match': '*' },
    });
    assert.ok([200, 201, 412].includes(aliases.status()), 'the alias is there');

    await page.goto(`${url}#/controls`);
    await choose(page, 'Sketch a landscape');
    await page.getByLabel('Prompt', { exact: true }).fill('$keeper$, night sky');
    await page.getByLabel('Steps', { exact: true }).fill('60');
    await run(page);
    await page.getByRole('img', { name: 'Live picture of the run' }).waitFor();
    await page.waitForFunction(() => (document.querySelector('.run-now progress')?.value ?? 0) > 5);
    await page.getByText(/is finished$/).waitFor({ timeout: 60_000 });
    const first = await newestRun(page, url);
    assert.equal(first.values.Prompt, '$keeper$, night sky', 'what was typed is kept');

    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const name = first.files[0].filename;
    await page.locator(`.tile button[aria-label*="${name}"]`).first().click();
    await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
    if ((await page.locator('.details').count()) === 0) await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('.details-text dd', { hasText: 'a lighthouse keeper, night sky' }).waitFor();

    await page.getByRole('button', { name: 'New seed', exact: true }).click();
    await page.getByText('In the queue').waitFor();
    await page.waitForTimeout(200);
    const second = await newestRun(page, url);
    assert.equal(second.state, 'done');
    assert.notEqual(second.values.Seed, first.values.Seed, 'another seed');
    assert.equal(second.values.Prompt, first.values.Prompt, 'the same prompt');

    await page.getByRole('button', { name: 'Tweak', exact: true }).click();
    await page.waitForFunction(() => location.hash.startsWith('#/controls'));
    await page.getByRole('dialog', { name: 'Viewer' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Prompt', { exact: true }).inputValue(), '$keeper$, night sky');

    await page.getByLabel('Steps', { exact: true }).fill('100');
    await run(page);
    await page.getByRole('button', { name: 'Cancel this run' }).click();
    assert.equal((await newestRun(page, url)).state, 'cancelled');

    await leaveAbsentPicture(page, url);
    await choose(page, 'Invert a picture');
    await page.getByText('absent.png').waitFor();
    await run(page);
    await page
      .locator('.form-row', { hasText: /is not a file/ })
      .first()
      .waitFor();
  },
};

// The main loop as one walk, on the real server with the built-in engine.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { choose } from './ways.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {{ page: Page, url: string, server: unknown, phone: boolean }} Walk */

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

/**
 * What a person sees at this step, in both themes, into the folder SHOTS where that is given.
 * @param {Page} page @param {boolean} phone @param {string} step
 */
async function photograph(page, phone, step) {
  for (const colorScheme of process.env.SHOTS ? /** @type {const} */ (['dark', 'light']) : []) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400); // colours fade into each other
    const name = `${step}-${phone ? 'phone' : 'desktop'}-${colorScheme}.png`;
    await page.screenshot({ path: `${process.env.SHOTS}/${name}` });
  }
}

/**
 * The list of runs with one that runs, one that waits, and what is over.
 * @param {Page} page @param {string} url @param {boolean} phone
 */
async function photographRuns(page, url, phone) {
  for (const Steps of [100, 4])
    await page.request.post(`${url}api/queue`, { data: { workflow: SKETCH, values: { Steps } } });
  await page.goto(`${url}#/gallery`);
  await page.locator('.place-run').click();
  await page.locator('.run-preview').waitFor();
  await page.locator('.run-waiting').first().waitFor();
  await photograph(page, phone, 'runs');
  await page.request.post(`${url}api/runs/clear`, { data: { queued: true } });
  const { runs } = await answer(page, url, 'api/runs?state=running');
  for (const { run_id } of runs) await page.request.post(`${url}api/runs/${run_id}/cancel`);
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

/**
 * An alias and a tag into the prompt, as they are offered while one types.
 * @param {Page} page @param {boolean} phone
 */
async function writePrompt(page, phone) {
  const prompt = page.getByLabel('Prompt', { exact: true });
  // What another device left may come a moment after the form.
  for (let tries = 0; tries < 10; tries += 1) {
    await prompt.fill('');
    await page.waitForTimeout(300);
    if ((await prompt.inputValue()) === '') break;
  }
  await prompt.pressSequentially('$keep', { delay: 20 });
  await page.getByRole('option', { name: /keeper/ }).waitFor();
  await prompt.press('ArrowDown');
  await prompt.press('Enter');
  await page.waitForFunction(() => document.activeElement?.value?.includes('$keeper$'));
  assert.match(await prompt.inputValue(), /^\$keeper\$,? ?$/);
  await prompt.pressSequentially(`${(await prompt.inputValue()).endsWith(', ') ? '' : ', '}lightho`, { delay: 20 });
  const tag = page.getByRole('option', { name: /lighthouse/ }).first();
  await tag.waitFor();
  if (phone) await tag.tap();
  else await tag.click();
  assert.match(await prompt.inputValue(), /^\$keeper\$, lighthouse,? ?$/);
}

/** @param {Page} page @param {string} url whether this server has the sample workflows */
async function hasSamples(page, url) {
  const known = (await answer(page, url, 'workflows')).workflows;
  return known.includes(SKETCH) && known.includes(INVERT);
}

/** @param {Page} page @param {string} url seeds of what waits, in the order of the host */
async function waitingSeeds(page, url) {
  const { runs } = await answer(page, url, 'api/runs?state=queued');
  return runs
    .sort((/** @type {any} */ a, /** @type {any} */ b) => a.number - b.number)
    .map((/** @type {any} */ { values }) => Number(values.Seed));
}

/** @param {Page} page @param {string} url @param {number[]} seeds */
async function becomes(page, url, seeds) {
  for (let tries = 0; tries < 50; tries += 1) {
    if (String(await waitingSeeds(page, url)) === String(seeds)) return;
    await page.waitForTimeout(100);
  }
  assert.deepEqual(await waitingSeeds(page, url), seeds);
}

/**
 * Drag one grip over another, with a finger or the mouse.
 * @param {Page} page @param {number} from @param {number} to @param {boolean} phone
 */
async function drag(page, from, to, phone) {
  const [a, b] = await Promise.all(
    [from, to].map((place) => page.locator('.run-waiting .grip').nth(place).boundingBox()),
  );
  assert.ok(a && b);
  const [x, start, end] = [a.x + a.width / 2, a.y + a.height / 2, b.y + b.height / 2];
  const steps = Array.from({ length: 12 }, (_, step) => start + ((end - start) * (step + 1)) / 12);
  const arrived = () => page.getByText(`Now at place ${to + 1}.`).waitFor({ state: 'attached' });
  if (!phone) {
    await page.mouse.move(x, start);
    await page.mouse.down();
    for (const y of steps) await page.mouse.move(x, y);
    await arrived();
    return page.mouse.up();
  }
  const finger = await page.context().newCDPSession(page);
  const touch = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number[]} */ ys) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: ys.map((y) => ({ x, y })) });
  await touch('touchStart', [start]);
  for (const y of steps) await touch('touchMove', [y]);
  await arrived();
  await touch('touchEnd', []);
  return finger.detach();
}

/** @param {Page} page takes the first of what waits to the third place by keys */
async function moveByKeys(page) {
  await page.locator('.run-waiting .grip').nth(0).focus();
  await page.keyboard.press('Space');
  await page.locator('.run-waiting[data-dragging]').waitFor();
  // A press may only scroll the sheet; there is no fourth place.
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(400);
    if ((await page.getByText('Now at place 3.').count()) > 0) break;
  }
  await page.getByText('Now at place 3.').waitFor({ state: 'attached' });
  await page.keyboard.press('Space');
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const runJourneys = {
  'puts what waits into another order, by touch or mouse and by keyboard': async ({ page, url, server, phone }) => {
    if (server || !(await hasSamples(page, url))) return;
    const order = (/** @type {number} */ Seed, /** @type {number} */ Steps, /** @type {number} */ Pictures) =>
      page.request.post(`${url}api/queue`, { data: { workflow: SKETCH, values: { Seed, Steps, Pictures } } });
    assert.equal((await order(1, 100, 16)).status(), 200);
    for (const seed of [2, 3, 4]) assert.equal((await order(seed, 4, 1)).status(), 200);
    try {
      await page.goto(`${url}#/gallery`);
      await page.locator('.place-run').click();
      await page.locator('.run-preview').waitFor();
      await page.locator('.run-waiting').nth(2).scrollIntoViewIfNeeded();
      await axe(page, 'the runs');
      await drag(page, 2, 0, phone);
      await becomes(page, url, [4, 2, 3]);
      await moveByKeys(page);
      await becomes(page, url, [2, 3, 4]);
    } finally {
      await page.request.post(`${url}api/runs/clear`, { data: { queued: true } });
      const { runs } = await answer(page, url, 'api/runs?state=running');
      for (const { run_id } of runs) await page.request.post(`${url}api/runs/${run_id}/cancel`);
    }
  },

  'walks the whole loop: fill, run, watch, see, again with a new seed, tweak, cancel, a field in error': async ({
    page,
    url,
    server,
    phone,
  }) => {
    if (server || !(await hasSamples(page, url))) return;
    const aliases = await page.request.put(`${url}api/aliases/keeper`, {
      data: { text: 'a lighthouse keeper' },
      headers: { 'if-none-match': '*' },
    });
    assert.ok([200, 201, 412].includes(aliases.status()), 'the alias is there');

    await page.goto(`${url}#/controls`);
    await choose(page, 'Sketch a landscape');
    await writePrompt(page, phone);
    const typed = await page.getByLabel('Prompt', { exact: true }).inputValue();
    await page.getByLabel('Steps', { exact: true }).fill('60');
    await run(page);
    await page.getByRole('img', { name: 'Live picture of the run' }).waitFor();
    await page.waitForFunction(() => (document.querySelector('.run-now progress')?.value ?? 0) > 5);
    await page.getByText(/is finished$/).waitFor({ timeout: 60_000 });
    const first = await newestRun(page, url);
    assert.equal(first.values.Prompt, typed, 'what was typed is kept');

    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const name = first.files[0].filename;
    await page.locator(`.tile button[aria-label*="${name}"]`).first().click();
    await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
    if ((await page.locator('.details').count()) === 0) await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('.details-text dd', { hasText: 'a lighthouse keeper, lighthouse' }).waitFor();

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
    assert.equal(await page.getByLabel('Prompt', { exact: true }).inputValue(), typed);

    await page.getByLabel('Steps', { exact: true }).fill('100');
    await run(page);
    await page.getByRole('button', { name: 'Cancel this run' }).click();
    assert.equal((await newestRun(page, url)).state, 'cancelled');

    await leaveAbsentPicture(page, url);
    await choose(page, 'Invert a picture');
    await page.getByText('absent.png').waitFor();
    await run(page);
    const row = page.locator('.form-row[data-kind="image"]');
    await row.getByRole('alert').waitFor();
    assert.match(
      await row.getByRole('alert').innerText(),
      /names a picture that is not there: “absent\.png”; choose another\.$/,
    );
    await photograph(page, phone, 'field-error');

    await row.getByRole('button', { name: /^Reset/ }).click();
    await run(page);
    await page.waitForTimeout(200);
    const mended = await newestRun(page, url);
    assert.deepEqual([mended.workflow, mended.state, mended.error], [INVERT, 'done', null]);
    await row.getByRole('alert').waitFor({ state: 'detached' });
    if (process.env.SHOTS) await photographRuns(page, url, phone);
  },
};

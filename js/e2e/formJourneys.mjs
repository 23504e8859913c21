// Filling in a form: seeds, switches, pictures, order, presets, and values that are never lost.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { axe } from './axe.mjs';
import { finger, middle } from './touch.mjs';
import { choose, create } from './ways.mjs';

/** @import { Locator, Page } from 'playwright-core' */
/** @import { Walk } from './journeys.mjs' */

const SKETCH = 'Sketch a landscape.json';
const INVERT = 'Invert a picture';

/** @param {Page} page @param {string} name */
const value = (page, name) => page.getByLabel(name, { exact: true }).inputValue();

/** @param {Page} page what a run asks the server for @param {() => Promise<unknown>} [act] @returns {Promise<any>} */
async function sent(page, act = () => page.getByRole('button', { name: 'Run', exact: true }).click()) {
  const asked = page.waitForRequest(/api.queue/);
  await act();
  return (await asked).postDataJSON();
}

/** @param {Page} page @param {string} name of a menu's button @param {string | RegExp} entry */
async function pick(page, name, entry) {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('menu').getByText(entry).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

/** @param {Page} page whether this server has the sample workflows, and none of the journeys before is in the way */
async function fresh({ page, url }) {
  const known = (await (await page.request.get(`${url}workflows`)).json()).workflows;
  if (!known.includes(SKETCH)) return false;
  for (const name of known) {
    const address = `${url}api/form_values/${encodeURIComponent(name)}`;
    const { etag } = (await page.request.get(address)).headers();
    const empty = { values: {}, bypassed: [], seeds: {} };
    await page.request.put(address, { data: empty, headers: etag ? { 'if-match': etag } : {} });
  }
  return true;
}

/** @param {Page} page the server has what was edited */
const kept = (page) => page.waitForResponse((r) => /form_values/.test(r.url()) && r.request().method() === 'PUT');

/** @param {Page} page a picture on the clipboard, or under the pointer @param {'paste' | 'drop'} type @param {string} file */
const give = (page, type, file) =>
  page.locator('.image-input').evaluate(
    (el, [kind, name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(
        new File([Uint8Array.from(atob(String(bytes)), (c) => c.charCodeAt(0))], String(name), { type: 'image/png' }),
      );
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data })
          : new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data });
      el.dispatchEvent(event);
    },
    [type, file, PIXEL],
  );
/** A small grey picture. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAGUlEQVR4nGOs6FnAQApgIkn1qIZRDUNKAwA3KwHEWgvY/wAAAABJRU5ErkJggg==';

/** @param {Page} page @param {string} part of the name of the picture that the field has now */
const hasPicture = (page, part) => page.locator('.image-words > span', { hasText: part }).waitFor();

/** @param {Page} page */
const order = (page) => page.locator('.arrange-row .list-words').allTextContents();

/** @param {Page} page @param {string} first that is the uppermost now */
const isFirst = (page, first) =>
  page.waitForFunction((name) => document.querySelector('.arrange-row .list-words')?.textContent === name, first);

/** @param {Page} page */
async function arrange(page) {
  await pick(page, 'More for this form', 'Arrange fields');
  await page.locator('.arrange-row').first().waitFor();
  await page.waitForTimeout(300);
}

/** @param {Page} page @param {Locator} from @param {Locator} to @param {boolean} phone */
async function drag(page, from, to, phone) {
  const [a, b] = [await middle(from), await middle(to)];
  if (phone) {
    const touch = await finger(page);
    await touch.drag(a, b);
    await page.waitForTimeout(300);
    return touch.lift();
  }
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move(b.x, b.y, { steps: 12 });
  await page.waitForTimeout(300);
  return page.mouse.up();
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const formJourneys = {
  'says what becomes of a seed: new, kept, counted, the last again': async (walk) => {
    const { page, server } = walk;
    if (!server) return;
    await create(/** @type {any} */ (walk), '');
    assert.deepEqual((await sent(page)).seeds, { Seed: 'random' });
    await pick(page, 'Seed: ', 'Keep this seed');
    assert.deepEqual((await sent(page)).seeds, { Seed: 'fixed' });
    await pick(page, 'Seed: ', 'Count up at each run');
    assert.deepEqual((await sent(page)).seeds, { Seed: 'increment' });
    await pick(page, 'Seed: ', 'The last run’s seed again');
    assert.deepEqual((await sent(page)).seeds, { Seed: 'last' });
    await page.getByRole('button', { name: 'Seed: The last run’s seed again' }).waitFor();
  },

  'uses the last seed again, on a real server': async (walk) => {
    const { page, url, server } = walk;
    if (server || !(await fresh(walk))) return;
    const seeds = async () => {
      const { runs } = await (await page.request.get(`${url}api/runs?limit=2`)).json();
      return runs.map((/** @type {any} */ run) => String(run.values.Seed));
    };
    await create(/** @type {any} */ (walk));
    await page.getByLabel('Steps', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/is finished$/).waitFor();
    await pick(page, 'Seed: ', 'The last run’s seed again');
    const queued = page.waitForResponse(/api.queue/);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    assert.equal((await queued).status(), 200);
    const [now, before] = await seeds();
    assert.equal(now, before);
    await pick(page, 'Seed: ', /^Keep the last/);
    assert.equal(await value(page, 'Seed'), now);
    await page.getByRole('button', { name: 'Seed: Keep this seed' }).waitFor();
  },

  'switches fields off, ties and unties the strengths of a pair, resets one and all': async (walk) => {
    const { page, server } = walk;
    if (!server) return;
    await create(/** @type {any} */ (walk), 'loop');
    await page.getByRole('switch', { name: 'Use Style LoRA' }).click();
    await page.getByLabel('Strength', { exact: true }).fill('0.7');
    await page.getByLabel('Strength', { exact: true }).press('Enter');
    let body = await sent(page);
    assert.deepEqual(body.bypassed, ['Style LoRA']);
    assert.deepEqual([body.values['Lora High Strength - 1'], body.values['Lora Low Strength - 1']], [0.7, 0.7]);
    await page.getByRole('button', { name: /^One strength for both/ }).click();
    await page.getByLabel('Low', { exact: true }).fill('0.4');
    await page.getByLabel('Low', { exact: true }).press('Enter');
    body = await sent(page);
    assert.deepEqual([body.values['Lora High Strength - 1'], body.values['Lora Low Strength - 1']], [0.7, 0.4]);
    await page.getByLabel('Prompt', { exact: true }).fill('another');
    await page.getByRole('button', { name: 'Reset Prompt' }).click();
    assert.match(await value(page, 'Prompt'), /the camera slowly/);
    await pick(page, 'More for this form', 'Reset all fields');
    assert.deepEqual((await sent(page)).bypassed, []);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    assert.deepEqual((await sent(page)).bypassed, ['Style LoRA']);
  },

  'queues several at once': async (walk) => {
    const { page, server } = walk;
    if (!server) return;
    await create(/** @type {any} */ (walk), '');
    await page.getByLabel('How many times').selectOption('4');
    assert.equal((await sent(page)).count, 4);
  },

  'takes a picture that is uploaded, photographed, pasted, dropped, from the input folder and from the gallery': async (
    walk,
  ) => {
    const { page, server, phone } = walk;
    if (server || !(await fresh(walk))) return;
    await create(/** @type {any} */ (walk), INVERT);
    await page.locator('.image-preview').waitFor();
    const file = { name: 'upload.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') };
    await page.locator('.image-words input[type=file]').setInputFiles(file);
    await hasPicture(page, 'upload');
    await page.locator('.image-preview img').waitFor();
    await give(page, 'paste', 'pasted.png');
    await hasPicture(page, 'pasted');
    await give(page, 'drop', 'dropped.png');
    await hasPicture(page, 'dropped');
    await page.locator('.image-preview').click();
    const camera = page.locator('input[capture=environment]');
    assert.equal(await page.getByRole('button', { name: 'Camera' }).count(), phone ? 1 : 0, 'only where one can be');
    await camera.setInputFiles({ ...file, name: 'photo.png' });
    await hasPicture(page, 'photo');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.image-preview').click();
    await page.getByRole('button', { name: 'sample_from_a_phone.jpg' }).click();
    await hasPicture(page, 'sample_from_a_phone.jpg');
    await page.locator('.image-preview').click();
    await page.getByRole('button', { name: 'Gallery', exact: true }).last().click();
    await axe(page, 'the pictures to choose from');
    const first = page.locator('.picture-grid button').first();
    const name = (await first.getAttribute('aria-label')) ?? '?';
    await first.click();
    await hasPicture(page, name);
    await page.getByRole('button', { name: 'No picture' }).click();
    await hasPicture(page, 'No picture');
  },

  'refuses what is no picture in words, and keeps the one before': async (walk) => {
    const { page, server } = walk;
    if (server || !(await fresh(walk))) return;
    await create(/** @type {any} */ (walk), INVERT);
    const file = { name: 'kept.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') };
    await page.locator('.image-words input[type=file]').setInputFiles(file);
    await hasPicture(page, 'kept');
    const page404 = { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<html>hello</html>') };
    const refused = page.waitForResponse(/upload_image/);
    await page.locator('.image-words input[type=file]').setInputFiles(page404);
    assert.ok([400, 415, 422].includes((await refused).status()));
    await page.locator('.toast[data-type=error]').waitFor();
    await hasPicture(page, 'kept');
  },

  'puts fields into another order by drag, by keys and by steps, hides one, and finds it so on a reload': async (
    walk,
  ) => {
    const { page, server, phone } = walk;
    if (server || !(await fresh(walk))) return;
    await create(/** @type {any} */ (walk));
    await arrange(page);
    const own = await order(page);
    assert.deepEqual(own.slice(0, 3), ['Prompt', 'Negative prompt', 'Width']);
    const grip = (/** @type {string} */ name) => page.getByRole('button', { name: `Move ${name}`, exact: true });
    await drag(page, grip('Width'), grip('Prompt'), phone);
    await isFirst(page, 'Width');
    await page.waitForTimeout(400);
    await grip('Width').focus();
    await page.keyboard.press('Space');
    await page.locator('.arrange-row[data-dragging]').waitFor();
    await page.waitForTimeout(200);
    await page.keyboard.press('ArrowDown');
    await page.getByText('Now at place 2.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await isFirst(page, 'Prompt');
    await page.getByRole('button', { name: 'Move Width up' }).click();
    await isFirst(page, 'Width');
    await page.getByRole('switch', { name: 'Show Pictures' }).click();
    await axe(page, 'fields are arranged');
    await page.waitForTimeout(500);
    await page.reload();
    await page.locator('.form-row').first().waitFor();
    assert.match((await page.locator('.form-row label').allTextContents()).join(), /^Width,Prompt,/);
    assert.equal(await page.getByLabel('Pictures', { exact: true }).count(), 0);
    await arrange(page);
    await page.getByRole('button', { name: 'Back to the workflow’s own order' }).click();
    await isFirst(page, 'Prompt');
    assert.deepEqual(await order(page), own);
  },

  'keeps presets: saves, fills in, takes back, updates, renames, doubles, deletes with a way back, exports, imports':
    async (walk) => {
      const { page, server } = walk;
      if (server || !(await fresh(walk))) return;
      await create(/** @type {any} */ (walk));
      const name = `Dusk ${Date.now()}`;
      const open = () => page.getByRole('button', { name: 'Presets' }).click();
      const row = (/** @type {string} */ of) => page.getByRole('dialog').getByRole('button', { name: of, exact: true });
      await page.getByLabel('Steps', { exact: true }).fill('11');
      await page.getByLabel('Steps', { exact: true }).press('Enter');
      await open();
      await page.getByLabel('Name of the preset').fill(name);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await row(name).waitFor();
      await page.keyboard.press('Escape');
      await page.getByLabel('Steps', { exact: true }).fill('33');
      await page.getByLabel('Steps', { exact: true }).press('Enter');
      await open();
      await row(name).click();
      await page.getByText(`${name} is filled in`).first().waitFor();
      assert.equal(await value(page, 'Steps'), '11');
      await page.getByRole('button', { name: 'Undo' }).first().click();
      assert.equal(await value(page, 'Steps'), '33');
      await open();
      await pick(page, `More for ${name}`, 'Update with the values now');
      await pick(page, `More for ${name}`, 'Duplicate');
      await page.getByRole('dialog').getByText(`${name} `).first().waitFor();
      await pick(page, `More for ${name}$`, 'Rename');
      await page.getByLabel('Name of the preset').last().fill(`${name} again`);
      await page.getByLabel('Name of the preset').last().press('Enter');
      await row(`${name} again`).waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export' }).click();
      const exported = JSON.parse(fs.readFileSync(await (await download).path(), 'utf8'));
      assert.match(JSON.stringify(exported), new RegExp(`${name} again`));
      await pick(page, `More for ${name} again`, 'Delete');
      await row(`${name} again`).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).first().click();
      await row(`${name} again`).waitFor();
      await pick(page, `More for ${name} again`, 'Delete');
      await row(`${name} again`).waitFor({ state: 'detached' });
      await page.locator('.preset-files input[type=file]').setInputFiles({
        name: 'presets.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(exported)),
      });
      await row(`${name} again`).waitFor();
      await row(`${name} again`).click();
      await page.waitForFunction(() => document.querySelector('#field-Steps input:not([type=range])')?.value === '33');
    },

  'finds values on another device, and on both what each of them changed': async (walk) => {
    const { page, url, server } = walk;
    if (server || !(await fresh(walk))) return;
    await create(/** @type {any} */ (walk));
    const taken = kept(page);
    await page.getByLabel('Prompt', { exact: true }).fill('written on the phone');
    await taken;
    const context = await page.context().browser()?.newContext();
    const other = await context?.newPage();
    assert.ok(context && other);
    await create(/** @type {any} */ ({ page: other, url }));
    await other.waitForFunction(() => document.querySelector('textarea')?.value === 'written on the phone');
    const there = kept(other);
    await other.getByLabel('Steps', { exact: true }).fill('17');
    await other.getByLabel('Steps', { exact: true }).press('Enter');
    await there;
    await context.close();
    await page.getByLabel('Negative prompt', { exact: true }).fill('blurry');
    await page.waitForFunction(() => document.querySelector('#field-Steps input:not([type=range])')?.value === '17');
    assert.equal(await value(page, 'Prompt'), 'written on the phone');
    assert.equal(await value(page, 'Negative prompt'), 'blurry');
  },

  'loses nothing that was typed: a reload at once, a tab that is closed, a workflow that is changed': async (walk) => {
    const { page, url, server } = walk;
    if (!server) return;
    await create(/** @type {any} */ (walk), '');
    await page.getByLabel('Prompt', { exact: true }).fill('typed a moment ago');
    await page.reload();
    assert.equal(await value(page, 'Prompt'), 'typed a moment ago');
    await page.getByLabel('Prompt', { exact: true }).fill('typed before the tab was closed');
    await page.close({ runBeforeUnload: false });
    const next = await page.context().newPage();
    await create(/** @type {any} */ ({ page: next, url }), '');
    assert.equal(await value(next, 'Prompt'), 'typed before the tab was closed');
    await next.getByLabel('Prompt', { exact: true }).fill('typed before the change');
    await choose(next, 'loop');
    await choose(next, 'sketch');
    assert.equal(await value(next, 'Prompt'), 'typed before the change');
  },

  'finds a workflow by words, type and folder, pins it, and has the last ones at hand': async (walk) => {
    const { page, server, phone } = walk;
    if (!server) return;
    await create(/** @type {any} */ (walk), 'loop');
    const list = async () => void (phone && (await page.locator('.workflow-name').click()));
    const titles = () => page.locator('.workflow-list .list-row strong').allTextContents();
    await list();
    await page.getByLabel('Search workflows').fill('');
    await page.getByRole('region', { name: 'Recent' }).getByText('loop').waitFor();
    await page.getByRole('button', { name: 'image-to-video', exact: true }).click();
    assert.deepEqual([...new Set(await titles())], ['loop']);
    await page.getByRole('button', { name: 'image-to-video', exact: true }).click();
    await page.getByRole('button', { name: 'tests', exact: true }).click();
    assert.deepEqual([...new Set(await titles())], ['eighty fields']);
    await page.getByRole('button', { name: 'tests', exact: true }).click();
    await page.getByLabel('Search workflows').fill('nothing is called so');
    await page.getByText('No workflow is called so.').waitFor();
    await page.getByLabel('Search workflows').fill('');
    const pinned = page.waitForRequest((r) => r.url().includes('workflow_pins') && r.method() === 'PUT');
    await page.getByRole('button', { name: 'Pin sketch' }).first().click();
    assert.deepEqual((await pinned).postDataJSON(), { workflows: ['sketch.json'] });
  },

  'takes over what the predecessor kept in this browser': async (walk) => {
    const { page, url, server } = walk;
    if (!server) return;
    await page.addInitScript(() => {
      if (localStorage.getItem('cozygen.forms')) return;
      sessionStorage.setItem('selectedWorkflow', 'sketch.json');
      sessionStorage.setItem('sketch.json_formData', JSON.stringify({ Prompt: 'from before', Steps: 9, Gone: 'x' }));
      localStorage.setItem('sketch.json_randomizeState', JSON.stringify({ Seed: false }));
      localStorage.setItem('sketch.json_bypassedState', JSON.stringify({ 'Style LoRA': true }));
      localStorage.setItem('cozygen_token', 'a key that every script could read');
    });
    await create(/** @type {any} */ ({ page, url }), '');
    assert.equal(await value(page, 'Prompt'), 'from before');
    const body = await sent(page);
    assert.deepEqual(body.values, { Prompt: 'from before', Steps: 9 });
    assert.deepEqual(body.seeds, { Seed: 'fixed' });
    assert.deepEqual(body.bypassed, ['Style LoRA']);
    assert.equal(await page.evaluate(() => localStorage.getItem('cozygen_token')), null);
  },
};

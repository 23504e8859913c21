// What a person sees when something is missing, refused, slow, full or hostile, and how they get on.
import assert from 'node:assert/strict';
import { refusal } from './fakeTrouble.mjs';
import { HOSTILE, troubleScenes } from './troubleScenes.mjs';
import { create, fillStorage } from './ways.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { StandIn } from './ways.mjs' */
/** @typedef {{ page: Page, url: string, phone: boolean, server: StandIn | null }} Walk */

/** @param {Page} page */
const run = (page) => page.getByRole('button', { name: 'Run', exact: true }).click();

/** @param {Page} page @param {string} words */
const said = (page, words) => page.getByText(words).first().waitFor();

/**
 * A journey that only the stand-in can play, since it is the one that can be put into trouble.
 * @param {(walk: Walk & { server: StandIn }) => Promise<void>} play
 * @returns {(walk: Walk) => Promise<void>}
 */
const withTrouble = (play) => async (walk) => {
  const { server } = walk;
  if (!server) return;
  server.forget();
  try {
    await play({ ...walk, server });
  } finally {
    server.troubles.calm();
  }
};

/** @param {Page} page the page is no wider than the screen, whatever stands in it */
const fits = async (page) =>
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const troubleJourneys = {
  'a server that goes away: said at once, edits stay, all is well by itself when it is back': withTrouble(
    async ({ page, url, phone, server }) => {
      await create({ page, url, phone, server }, '');
      server.troubles.add(/./, { gone: true });
      await page.getByLabel('Prompt', { exact: true }).fill('written while it was away');
      await run(page);
      await said(page, 'The server does not answer.');
      await said(page, 'CozyGen does not answer. Trying again…');
      server.troubles.calm();
      await page.getByText('Trying again…').waitFor({ state: 'detached' });
      assert.equal(await page.getByLabel('Prompt', { exact: true }).inputValue(), 'written while it was away');
    },
  ),

  'a session that ends in the middle: sign in, and back at the form as it was': withTrouble(
    async ({ page, url, phone, server }) => {
      let inside = true;
      const status = () => ({ body: { authenticated: inside, user: inside ? 'ada' : null, auth_enabled: true } });
      server.troubles.add(/auth_status/, status());
      await create({ page, url, phone, server }, '');
      await page.getByLabel('Prompt', { exact: true }).fill('half a thought');
      inside = false;
      server.troubles.add(/auth_status/, status());
      server.troubles.add(/POST api\/queue/, { ...refusal(401, 'unauthorized', 'Sign in to use this.'), times: 1 });
      await run(page);
      await said(page, 'You were signed out. What you typed is kept on this device.');
      inside = true;
      server.troubles.add(/auth_status/, status());
      server.troubles.add(/POST api\/login/, { body: { user: 'ada', expires_in: 1, default_credentials: false } });
      await page.getByLabel('User name').fill('ada');
      await page.getByLabel('Password', { exact: true }).fill('right horse');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForFunction(() => location.hash === '#/controls');
      assert.equal(await page.getByLabel('Prompt', { exact: true }).inputValue(), 'half a thought');
    },
  ),

  'values that were changed on another device meanwhile (412): both changes are kept': withTrouble(
    async ({ page, url, phone, server }) => {
      await create({ page, url, phone, server }, '');
      const stored = { values: { CFG: 9 }, bypassed: [], seeds: {}, updated: 2, problems: [] };
      server.troubles.add(/GET api\/form_values/, { body: stored, headers: { etag: '"2"' } });
      server.troubles.add(/PUT api\/form_values/, {
        ...refusal(412, 'precondition_failed', 'Changed meanwhile.'),
        times: 1,
      });
      await page.getByLabel('Prompt', { exact: true }).fill('mine');
      await page.waitForFunction(() => document.querySelector('#field-CFG input:not([type=range])')?.value === '9');
      assert.equal(await page.getByLabel('Prompt', { exact: true }).inputValue(), 'mine');
    },
  ),

  'a value that cannot be used (422): said at its field, and gone when the field is changed': withTrouble(
    async ({ page, url, phone, server }) => {
      await create({ page, url, phone, server }, '');
      const width = page.getByLabel('Width', { exact: true });
      await width.fill('4096');
      await run(page);
      await page.locator('#field-Width').getByText('Too wide for this model.').waitFor();
      await width.fill('512');
      await width.press('Enter');
      await page.getByText('Too wide for this model.').waitFor({ state: 'detached' });
    },
  ),

  'a server that has had enough (429): says for how long': withTrouble(({ page, url, phone, server }) =>
    troubleScenes['create-busy'].open({ page, url, phone, server }),
  ),

  'a slow answer: said after a while, and taken when it comes': withTrouble(async ({ page, url, server }) => {
    server.troubles.add(/POST api\/queue/, { ...refusal(503, 'not_ready', 'x'), delay: 1 });
    server.troubles.add(/GET api\/workflows\/.*form/, {
      delay: 6000,
      body: { fields: [], groups: [], problems: [] },
      times: 1,
    });
    await page.goto(`${url}#/controls`);
    await said(page, 'The server takes its time. Still waiting…');
    await said(page, 'This workflow has nothing to set.');
    await page.getByText('Still waiting…').waitFor({ state: 'detached' });
  }),

  'a malformed answer: no crash, a way to try again that works': withTrouble(async ({ page, url, server }) => {
    const bad = [
      { raw: '<html>Welcome to the hotel</html>' },
      { body: {} },
      { body: null },
      { body: { workflows: 'none' } },
    ];
    for (const answer of bad) {
      server.troubles.add(/GET workflows/, answer);
      await page.goto(`${url}#/missing`);
      await page.goto(`${url}#/controls`);
      await page.reload();
      await said(page, 'Something else answered in place of CozyGen.');
    }
    server.troubles.calm();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.form-row').first().waitFor();
  }),

  'a full browser storage: said once, nothing is lost while the tab is open': withTrouble(
    async ({ page, url, phone, server }) => {
      await create({ page, url, phone, server }, '');
      await page.waitForTimeout(400);
      await fillStorage(page);
      await page.getByLabel('Prompt', { exact: true }).fill('p'.repeat(3000));
      await said(page, 'This browser cannot keep edits');
      await page.getByRole('button', { name: 'Close' }).first().click();
      await page.getByText('This browser cannot keep edits').waitFor({ state: 'detached' });
      await page.goto(`${url}#/library`);
      await page.goto(`${url}#/controls`);
      assert.equal((await page.getByLabel('Prompt', { exact: true }).inputValue()).length, 3000);
    },
  ),

  'a full disk of the server (507): said at the form, and tried again until it takes the values': withTrouble(
    async ({ page, url, phone, server }) => {
      await troubleScenes['create-full-disk'].open({ page, url, phone, server });
      await said(page, 'Kept on this device only. The disk of the server is full.');
      server.troubles.calm();
      await page.getByText('Kept on this device only').waitFor({ state: 'detached' });
    },
  ),

  'a preset whose model is gone: the rest is filled in, the field says what is missing': withTrouble(
    async ({ page, url, phone, server }) => {
      await troubleScenes['create-preset-gone-model'].open({ page, url, phone, server });
      await page.locator('#field-Model').getByText('sunset_v2.safetensors').waitFor();
      assert.equal(await page.getByLabel('Steps', { exact: true }).inputValue(), '24');
      await page.getByRole('button', { name: 'Undo' }).click();
      assert.equal(await page.getByLabel('Steps', { exact: true }).inputValue(), '28');
    },
  ),

  'hostile names: shown as text, in their own direction, within the screen': withTrouble(
    async ({ page, url, phone, server }) => {
      /** @type {string[]} */
      const dialogs = [];
      page.on('dialog', (dialog) => void (dialogs.push(dialog.message()), dialog.dismiss()));
      await troubleScenes['create-hostile'].open({ page, url, phone, server });
      await fits(page);
      const labels = await page.locator('.form-label label').allTextContents();
      assert.deepEqual(labels, HOSTILE);
      const tallest = await page
        .locator('.form-label')
        .evaluateAll((all) => Math.max(...all.map((el) => el.clientHeight)));
      assert.ok(tallest < 200, `a name takes ${tallest} px`);
      assert.equal(await page.locator('#field-constructor input').inputValue(), 'constructor');
      if (phone) await page.locator('.workflow-name').click();
      await page.locator('.list-row').nth(3).waitFor();
      await fits(page);
      assert.deepEqual(dialogs, []);
    },
  ),
};

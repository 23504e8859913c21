// The app as a browser keeps it (https and this machine alone): without the network, through an update, and with no room.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DESKTOP, PHONE } from './browser.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { StandIn } from './ways.mjs' */
/** @typedef {{ page: Page, url: string, phone: boolean, server: StandIn | null }} Walk */

const DIST = new URL('../dist/', import.meta.url);
/** @param {string} name */
const built = (name) => fs.readFileSync(new URL(name, DIST), 'utf8');
const AWAY = 'CozyGen does not answer. Trying again…';

/** @param {Page} page until the worker holds all files and answers for them */
const isKept = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
  });

/**
 * A journey in a browser that keeps files, on the stand-in alone: it is the one that can go away and be updated.
 * @param {(walk: { page: Page, url: string, server: StandIn, phone: boolean }) => Promise<void>} play
 * @returns {(walk: Walk) => Promise<void>}
 */
const keeping = (play) => async (walk) => {
  const { server, phone } = walk;
  if (!server) return;
  const browser = walk.page.context().browser();
  const context = await browser?.newContext({ ...(phone ? PHONE : DESKTOP), serviceWorkers: 'allow' });
  if (!context) throw new Error('there is no browser');
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  try {
    await play({ ...walk, page, server });
  } finally {
    server.troubles.calm();
    await context.close();
  }
};

/** @param {Page} page @param {string} words */
const said = (page, words) => page.getByText(words).first().waitFor();

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const keptJourneys = {
  'opens without the network after one visit, says so, and is all there by itself when it is back': keeping(
    async ({ page, url, server }) => {
      await page.goto(`${url}#/studio`);
      await isKept(page);
      server.troubles.add(/./, { gone: true });
      for (const route of ['gallery', 'controls']) {
        await page.goto('about:blank');
        await page.goto(`${url}#/${route}`);
        await said(page, AWAY);
        await page.getByRole('link', { name: 'Library', exact: true }).waitFor();
      }
      server.troubles.calm();
      await page.getByText(AWAY).waitFor({ state: 'detached' });
      await page.locator('.form-row').first().waitFor();
    },
  ),

  'a server that is killed while it is used: said, and taken up again by itself': keeping(
    async ({ page, url, server }) => {
      await page.goto(`${url}#/gallery`);
      await page.locator('.tile').first().waitFor();
      await isKept(page);
      server.troubles.add(/./, { gone: true });
      await page.getByRole('link', { name: 'Create', exact: true }).click();
      await said(page, AWAY);
      server.troubles.calm();
      await page.getByText(AWAY).waitFor({ state: 'detached' });
      await page.locator('.form-row').first().waitFor();
    },
  ),

  'a newer build on the server: asked to reload, never half of each': keeping(async ({ page, url, server }) => {
    await page.goto(`${url}#/studio`);
    await isKept(page);
    await page.reload();
    await page.locator('.home').waitFor();
    // The update: every file has another name, and those of the old build are gone.
    const files = fs.readdirSync(new URL('assets/', DIST)).filter((name) => name.endsWith('.js'));
    const renamed = (/** @type {string} */ text) => files.reduce((now, name) => now.replaceAll(name, `N${name}`), text);
    const script = { 'content-type': 'text/javascript' };
    const worker = built('sw.js').replace(/\$\{PREFIX\}\w+/, '${PREFIX}newer');
    server.troubles.add(/GET assets\//, { status: 404, raw: 'gone' });
    server.troubles.add(/GET sw\.js$/, { raw: renamed(worker), headers: script });
    server.troubles.add(/GET (index\.html)?$/, { raw: renamed(built('index.html')) });
    for (const name of files) {
      const text =
        (name.startsWith('index-') ? 'globalThis.newerBuild = true;' : '') + renamed(built(`assets/${name}`));
      server.troubles.add(new RegExp(`GET assets/N${name}$`), { raw: text, headers: script });
    }
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.waiting);
    // Until the person agrees, everything is of the build that is open: other pages too.
    await page.reload();
    assert.equal(await page.evaluate(() => 'newerBuild' in globalThis), false, 'the old build is still whole');
    for (const name of ['Gallery', 'Create', 'Library']) await page.getByRole('link', { name, exact: true }).click();
    await page.locator('.library').waitFor();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForFunction(() => 'newerBuild' in globalThis);
    await page.locator('.library').waitFor();
  }),

  'a browser with no room for the files: the app works as without them': keeping(async ({ page, url }) => {
    await page.addInitScript(() => {
      ServiceWorkerContainer.prototype.register = () =>
        Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    });
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${url}#/studio`);
    await page.waitForTimeout(5000); // it keeps its files 4 s after the page is there
    await page.getByRole('link', { name: 'Create', exact: true }).click();
    await page.locator('.form-row').first().waitFor();
    assert.deepEqual(complaints, []);
  }),
};

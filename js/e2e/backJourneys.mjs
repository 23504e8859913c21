// Back closes what lies on top and leaves the page where it is; the keys that the app knows are told by `?`.
import assert from 'node:assert/strict';
import { create } from './ways.mjs';

/** @import { Locator, Page } from 'playwright-core' */
/** @import { StandIn } from './ways.mjs' */
/** @typedef {{ page: Page, url: string, phone: boolean, server: StandIn | null }} Walk */

/** @param {Page} page */
const address = (page) => page.evaluate(() => location.hash);

/** What lies on top has its own entry a moment later; no thumb is faster. @param {Page} page */
const settled = (page) => page.waitForFunction(() => history.state?.layer);

/**
 * Opens something, goes back, and is where it was, with nothing on top.
 * @param {Page} page @param {() => Promise<void>} open @param {Locator} top what lies on top then
 */
async function backCloses(page, open, top) {
  const before = await address(page);
  await open();
  await top.waitFor();
  await settled(page);
  await page.goBack();
  await top.waitFor({ state: 'detached' });
  assert.equal(await address(page), before, 'the page stays');
}

/** @param {Page} page @param {string | RegExp} name */
const press = (page, name) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const backJourneys = {
  'goes back out of sheets, menus, questions and the viewer, one at a time': async ({ page, url, phone, server }) => {
    if (!server) return; // its names are known
    const dialog = page.getByRole('dialog');
    await create({ page, url, phone, server }, '');
    if (phone) await backCloses(page, () => page.locator('.workflow-name').click(), dialog);
    await backCloses(page, () => press(page, /^Runs/), dialog);
    await backCloses(page, () => press(page, 'Presets'), dialog);
    await backCloses(page, () => page.locator('[aria-haspopup=menu]').first().click(), page.getByRole('menu'));
    await page.getByRole('link', { name: 'Gallery', exact: true }).click();
    await page.locator('.tile').first().waitFor();
    await backCloses(page, () => page.locator('.view-menu').click(), page.locator('.view-popup'));
    await page.locator('.tile button').first().click();
    await dialog.waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await address(page), '#/gallery');
    await page.goBack();
    await page.locator('.form-row').first().waitFor();
    assert.equal(await address(page), '#/controls', 'and only then the page is left');
  },

  'closes with Escape too, gives the focus back, and tells its keys by ?': async ({ page, url }) => {
    await page.goto(`${url}#/gallery`);
    await page.locator('.tile').first().waitFor();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await help.getByText('Gallery').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await help.waitFor();
    await settled(page);
    await page.goBack();
    await help.waitFor({ state: 'detached' });
    assert.equal(await address(page), '#/gallery');
    await page.keyboard.press('1');
    await page.locator('.form-row').first().waitFor();
    const runs = page.getByRole('button', { name: /^Runs/ }).first();
    await runs.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.ok(await runs.evaluate((button) => button === document.activeElement), 'the focus is where it was');
  },

  'a sheet whose code cannot be had: there at once, says so, and trying again brings it': async ({
    page,
    url,
    server,
  }) => {
    if (!server) return;
    await page.route(/SheetPopup/, (route) => route.abort());
    await page.goto(`${url}#/studio`);
    await press(page, /^Runs/);
    const sheet = page.getByRole('dialog', { name: 'Runs' });
    await sheet.getByText('This part could not be fetched from the server.').waitFor();
    await settled(page);
    await page.goBack();
    await sheet.waitFor({ state: 'detached' });
    await press(page, /^Runs/);
    await sheet.getByRole('alert').waitFor();
    await page.unroute(/SheetPopup/);
    await sheet.getByRole('button', { name: 'Try again' }).click();
    await sheet.getByRole('alert').waitFor({ state: 'detached' });
    await sheet.getByText('Nothing').first().waitFor();
  },
};

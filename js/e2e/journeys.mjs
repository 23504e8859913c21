// What a person does, in words; run.mjs walks each on a phone and on a desktop.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { composeJourneys } from './composeJourneys.mjs';
import { tagJourneys } from './tagJourneys.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {{ url: string, change: (count: number, removed?: number[]) => void }} StandIn */
/** @typedef {{ page: Page, url: string, phone: boolean, server: StandIn | null, output?: string }} Walk */

/** @param {Page} page */
const shownTiles = (page) => page.locator('.tile img[data-state=shown]');

/** @param {Page} page */
export async function openGallery(page) {
  await shownTiles(page).first().waitFor();
  await page.waitForTimeout(300);
}

/** @param {Page} page */
const scrollTop = (page) => page.locator('.grid').evaluate((el) => el.scrollTop);

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const journeys = {
  ...tagJourneys,
  ...composeJourneys,
  'sees the pictures, scrolls, opens one, reads its prompt, goes back to the same place': async ({ page, url }) => {
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    await page.waitForFunction(() => document.querySelectorAll('.tile img[data-state=shown]').length >= 4);
    await page.locator('.grid').evaluate((el) => el.scrollTo(0, 700));
    await page.waitForTimeout(400);
    const before = await scrollTop(page);
    const box = await page.locator('.grid').boundingBox();
    assert.ok(box);
    const tile = page.locator('.tile button[aria-label*=".png"]').filter({ visible: true });
    const index = await tile.evaluateAll(
      (all, top) => all.findIndex((el) => el.getBoundingClientRect().top > top),
      box.y,
    );
    const name = (await tile.nth(index).getAttribute('aria-label'))?.split(',')[0] ?? '';
    await tile.nth(index).click();
    await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByText('Prompt', { exact: true }).waitFor();
    const prompt = await page.locator('.details-text dd').first().textContent();
    assert.ok(prompt && prompt.length > 3, 'the prompt can be read');
    await page.locator('.details-fact dd', { hasText: name }).waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await scrollTop(page), before, 'the same place');
  },

  'leads by keyboard alone: into the grid, to the next picture, out again': async ({ page, url }) => {
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText(/^2 of /).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^3 of /).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'grid');
    assert.ok((await page.getByRole('grid').getAttribute('aria-activedescendant'))?.startsWith('tile-'));
  },

  'finds nothing to complain about for those who use assistive technology': async ({ page, url }) => {
    for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${url}#/gallery`);
      await openGallery(page);
      await axe(page, `gallery ${colorScheme}`);
      await page.locator('.tile button').first().click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('i');
      await page.locator('.details-fact').first().waitFor();
      await axe(page, `viewer ${colorScheme}`);
      await page.keyboard.press('i');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.goto(`${url}#/settings`);
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
      await axe(page, `settings ${colorScheme}`);
    }
  },

  'swipes to the next picture and pulls it down to close': async ({ page, url, phone }) => {
    if (!phone) return;
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    await page.locator('.tile button').first().click();
    await page.getByText(/^1 of /).waitFor();
    await page.waitForTimeout(500);
    await swipe(page, [330, 420], [40, 420]);
    await page.getByText(/^2 of /).waitFor();
    await page.waitForTimeout(500);
    await swipe(page, [195, 300], [195, 780]);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  },

  'turns and comes back to where it was on a reload': async ({ page, url }) => {
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    await page.locator('.grid').evaluate((el) => el.scrollTo(0, 1300));
    await page.waitForTimeout(500);
    const seen = await firstSeen(page);
    await page.reload();
    await openGallery(page);
    assert.equal(await firstSeen(page), seen, 'after a reload');
    await page.goto(`${url}#/settings`);
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.goBack();
    await openGallery(page);
    assert.equal(await firstSeen(page), seen, 'after another page');
  },

  'sees new pictures slide in without losing what it looks at': async ({ page, url, server }) => {
    if (!server) return;
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    const newest = await labelAtTop(page);
    server.change(2);
    await page.waitForFunction(
      (was) => document.querySelector('.tile button')?.getAttribute('aria-label') !== was,
      newest,
    );
    assert.equal(await page.locator('.tile button').nth(2).getAttribute('aria-label'), newest, 'two came before it');
    await page.locator('.grid').evaluate((el) => el.scrollTo(0, 2000));
    await page.waitForTimeout(500);
    const looked = await labelAtTop(page);
    const where = await page.locator(`.tile button[aria-label="${looked}"]`).boundingBox();
    server.change(4);
    await page.getByRole('button', { name: '4 new' }).waitFor();
    assert.deepEqual(await page.locator(`.tile button[aria-label="${looked}"]`).boundingBox(), where, 'nothing moved');
    await page.getByRole('button', { name: '4 new' }).click();
    await page.waitForFunction(() => document.querySelector('.grid')?.scrollTop === 0);
    await page.getByRole('button', { name: '4 new' }).waitFor({ state: 'detached' });
  },

  'sees a picture go that was deleted elsewhere': async ({ page, url, server }) => {
    if (!server) return;
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    const victim = await page.locator('.tile button').nth(4).getAttribute('aria-label');
    const number = Number(/_(\d+)\./.exec(victim ?? '')?.[1]);
    server.change(0, [number]);
    await page.locator(`.tile button[aria-label="${victim}"]`).waitFor({ state: 'detached' });
  },

  'fills in a form, runs it, sees it run, cancels it; a wrong value is shown at its field': async ({
    page,
    url,
    server,
  }) => {
    if (!server) return;
    await page.goto(`${url}#/controls`);
    await page.getByLabel('Prompt', { exact: true }).fill('a lighthouse');
    await page.getByLabel('Steps', { exact: true }).fill('12');
    await page.getByRole('button', { name: 'More: CFG' }).click();
    assert.equal(await page.getByLabel('CFG', { exact: true }).inputValue(), '6');
    await axe(page, 'create');
    await page.waitForTimeout(400);
    await page.reload();
    assert.equal(
      await page.getByLabel('Prompt', { exact: true }).inputValue(),
      'a lighthouse',
      'a reload loses nothing',
    );
    const sent = page.waitForRequest(/api.queue/);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const body = (await sent).postDataJSON();
    assert.deepEqual(body.values, { Prompt: 'a lighthouse', Steps: 12, CFG: 6 });
    assert.deepEqual(body.seeds, { Seed: 'random' });
    await page.getByText('KSampler').waitFor();
    await page.getByRole('button', { name: 'Cancel this run' }).click();
    await page.getByText('KSampler').waitFor({ state: 'detached' });
    await page.getByLabel('Width', { exact: true }).fill('9999');
    await page.getByLabel('Width', { exact: true }).press('Enter');
    assert.equal(await page.getByLabel('Width', { exact: true }).inputValue(), '4096', 'within its limits');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Too wide for this model.').waitFor();
    await page.getByRole('button', { name: 'Reset Prompt', exact: true }).click();
    assert.match(await page.getByLabel('Prompt', { exact: true }).inputValue(), /quiet valley/);
  },

  'runs a workflow for real and is told when it is finished': async ({ page, url, server }) => {
    if (server) return;
    await page.goto(`${url}#/controls`);
    await page.locator('.form-row, .empty').first().waitFor();
    if ((await page.locator('.form-row').count()) === 0) return; // no workflows on this server
    await page.getByLabel('Steps', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/is finished$/).waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await openGallery(page);
  },

  'jumps to a month by the handle at the edge': async ({ page, url }) => {
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    const handle = page.getByRole('slider', { name: 'Date' });
    if ((await handle.count()) === 0) return; // a library too small to need one
    const month = await handle.getAttribute('aria-valuetext');
    await handle.focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(
      (was) => document.querySelector('[role=slider]')?.getAttribute('aria-valuetext') !== was,
      month,
    );
    await page.keyboard.press('End');
    await page.waitForTimeout(400);
    const grid = page.locator('.grid');
    assert.ok(await grid.evaluate((el) => el.scrollTop + el.clientHeight >= el.scrollHeight - 2), 'the oldest');
    await openGallery(page);
  },
};

/** @param {Page} page the picture at the top left */
function labelAtTop(page) {
  return page.locator('.grid').evaluate((grid) => {
    const top = grid.getBoundingClientRect().top;
    const buttons = [...grid.querySelectorAll('.tile button')];
    return buttons.find((button) => button.getBoundingClientRect().top >= top - 1)?.getAttribute('aria-label');
  });
}

/** @param {Page} page */
function firstSeen(page) {
  return page.locator('.grid').evaluate((grid) => {
    const top = grid.getBoundingClientRect().top;
    const rows = [...grid.querySelectorAll('[role=row]')];
    return rows.find((row) => row.getBoundingClientRect().bottom > top + 1)?.getAttribute('aria-rowindex');
  });
}

/** @param {Page} page @param {[number, number]} from @param {[number, number]} to */
async function swipe(page, from, to) {
  const cdp = await page.context().newCDPSession(page);
  const point = (/** @type {number} */ part) => [
    { x: from[0] + (to[0] - from[0]) * part, y: from[1] + (to[1] - from[1]) * part },
  ];
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(0) });
  for (let i = 1; i <= 10; i++) {
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(i / 10) });
    await page.waitForTimeout(14);
  }
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

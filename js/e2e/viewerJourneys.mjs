// What may happen to a picture while somebody looks at it.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { openGallery } from './journeys.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {{ page: Page, url: string, server: { change: (count: number, removed?: number[]) => void } | null }} Walk */

/** @param {Page} page @param {string} url @param {number} nth tile of the grid; gives its name for the ear */
async function openPicture(page, url, nth) {
  await page.goto(`${url}#/gallery`);
  await openGallery(page);
  const tile = page.locator('.tile button[aria-label*=".png"]').filter({ visible: true }).nth(nth);
  const name = (await tile.getAttribute('aria-label')) ?? '';
  await tile.click();
  await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
  return name;
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const viewerJourneys = {
  'a picture that is deleted while it is shown: said in its place, the next one is a key away': async (walk) => {
    const { page, url, server } = walk;
    if (!server) return;
    const name = await openPicture(page, url, 2);
    server.change(0, [Number(/_(\d+)\./.exec(name)?.[1])]);
    await page.getByRole('heading', { name: 'This picture is gone' }).waitFor();
    assert.equal(
      await page.getByRole('link', { name: 'Download' }).count(),
      0,
      'nothing is offered that cannot be done',
    );
    await axe(page, 'viewer of a picture that is gone');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'This picture is gone' }).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  },

  'a file that cannot be drawn: said in its place, to be tried again and to be downloaded': async (walk) => {
    const { page, url, server } = walk;
    if (!server) return;
    await page.route('**/media/**', (route) => route.fulfill({ contentType: 'image/png', body: 'no picture' }));
    await openPicture(page, url, 1);
    await page.getByRole('heading', { name: 'This cannot be shown' }).waitFor();
    await page.getByRole('link', { name: 'Download' }).first().waitFor();
    await axe(page, 'viewer of a broken file');
    await page.unroute('**/media/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'This cannot be shown' }).waitFor({ state: 'detached' });
  },
};

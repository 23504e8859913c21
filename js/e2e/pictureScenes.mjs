// States of the gallery and of the viewer.
import { openGallery } from './journeys.mjs';
import { finger, middle } from './touch.mjs';
import { pictures } from './ways.mjs';

/** @import { Scene, Stage } from './ways.mjs' */

/** @param {Stage} stage @param {string} [query] */
async function gallery({ page, url }, query = '') {
  await page.goto(`${url}#/gallery${query}`);
  await openGallery(page);
  await pictures(page);
}

/** @param {Stage} stage @param {string} name a part of the file's name */
async function view({ page }, name) {
  await page.locator(`.tile button[aria-label*="${name}"]`).first().click();
  await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
}

/** @param {Stage} stage the third to the eighth picture */
async function choosing(stage) {
  const { page, phone } = stage;
  await gallery(stage);
  const tile = (/** @type {number} */ nth) => page.locator('.tile button').nth(nth);
  if (phone) {
    const touch = await finger(page);
    const from = await middle(tile(2));
    await touch.drag(from, { x: from.x + 4, y: from.y + 4 }, 600);
    await touch.lift();
    for (const nth of [3, 5, 6, 7]) await tile(nth).tap();
  } else {
    const box = await tile(2).boundingBox();
    if (box) await page.mouse.click(box.x + 14, box.y + 14); // the corner chooses
    await tile(7).click({ modifiers: ['Shift'] });
  }
  await page.locator('.selection-bar').waitFor();
}

/** @type {Record<string, Scene>} */
export const pictureScenes = {
  'gallery-choosing': { on: 'house', open: choosing },
  'gallery-view': {
    on: 'house',
    open: async (stage) => {
      await gallery(stage);
      await stage.page.getByRole('button', { name: 'View', exact: true }).click();
      await stage.page.getByRole('button', { name: 'Feed', exact: true }).waitFor();
    },
  },
  'gallery-feed': {
    on: 'house',
    open: async (stage) => {
      const { page } = stage;
      await gallery(stage, '?kind=video');
      await page.getByRole('button', { name: 'View', exact: true }).click();
      await page.getByRole('button', { name: 'Feed', exact: true }).click();
      await page.keyboard.press('Escape');
      await page.locator('.clip[data-state=playing]').first().waitFor();
      await page.waitForTimeout(600);
    },
  },
  'gallery-dates': {
    on: 'stand-in',
    open: async (stage) => {
      const { page, phone } = stage;
      await gallery(stage);
      const touch = await finger(page);
      if (phone) await touch.drag({ x: 150, y: 600 }, { x: 150, y: 420 });
      if (phone) await touch.lift();
      await page.waitForTimeout(500);
      const from = await middle(page.getByRole('slider', { name: 'Date' }));
      if (phone) return touch.drag(from, { x: from.x, y: from.y + 300 });
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x, from.y + 300, { steps: 8 });
      return page.locator('.scrubber-month').first().waitFor();
    },
  },
  'viewer-plain': {
    on: 'house',
    settle: 700,
    open: async (stage) => {
      await gallery(stage);
      await view(stage, '.png');
    },
  },
  'viewer-video': {
    on: 'house',
    settle: 900,
    open: async (stage) => {
      await gallery(stage, '?kind=video');
      await view(stage, 'clip');
      await stage.page.locator('video').first().waitFor();
    },
  },
  'viewer-gone': {
    on: 'stand-in',
    open: async (stage) => {
      const { page, server } = stage;
      await gallery(stage);
      const tile = page.locator('.tile button[aria-label*=".png"]').filter({ visible: true }).nth(2);
      const name = (await tile.getAttribute('aria-label')) ?? '';
      await tile.click();
      await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
      server.change(0, [Number(/_(\d+)\./.exec(name)?.[1])]);
      await page.getByRole('heading', { name: 'This picture is gone' }).waitFor();
    },
  },
  'viewer-broken': {
    on: 'stand-in',
    open: async (stage) => {
      await stage.page.route('**/media/**', (route) => route.fulfill({ contentType: 'image/png', body: 'none' }));
      await gallery(stage);
      await view(stage, '.png');
      await stage.page.getByRole('heading', { name: 'This cannot be shown' }).waitFor();
    },
  },
};

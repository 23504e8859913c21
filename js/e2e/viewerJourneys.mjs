// What may happen to a picture while somebody looks at it.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { openGallery } from './journeys.mjs';
import { finger } from './touch.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {{ page: Page, url: string, phone: boolean, server: { change: (count: number, removed?: number[]) => void } | null }} Walk */

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

const MARKUP = '<img src=x onerror=alert(1)></script><script>alert(2)</script><b>bold</b> {{7*7}} &amp;';

/** @param {Page} page the width of the picture that is shown, px */
const pictureWidth = (page) =>
  page.evaluate(() => {
    const pictures = document.querySelectorAll('.pswp__item:not([aria-hidden=true]) .pswp__img');
    return Math.max(...[...pictures].map((picture) => picture.getBoundingClientRect().width));
  });

/** @param {Page} page @param {'>' | '<'} how @param {number} than */
const untilWidth = (page, how, than) =>
  page.waitForFunction(([sign, width]) => {
    const pictures = document.querySelectorAll('.pswp__item:not([aria-hidden=true]) .pswp__img');
    const now = Math.max(...[...pictures].map((picture) => picture.getBoundingClientRect().width));
    return sign === '>' ? now > Number(width) * 1.3 : now < Number(width) * 1.05;
  }, /** @type {const} */ ([how, than]));

/** @param {Page} page the picture itself, not its thumbnail, is drawn */
const drawn = (page) =>
  page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll('.pswp__item:not([aria-hidden=true]) img.pswp__img')];
    return pictures.some((img) => img instanceof HTMLImageElement && img.src.includes('media/') && img.complete);
  });

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

  'zooms by two fingers, by two taps and by keys, and is back at the whole picture afterwards': async (walk) => {
    const { page, url, phone, server } = walk;
    if (!server) return;
    await openPicture(page, url, 3);
    await drawn(page);
    await page.waitForTimeout(400);
    const whole = await pictureWidth(page);
    if (phone) {
      const touch = await finger(page);
      const at = { x: 195, y: 400 };
      await touch.pinch(at, 80, 300);
      await untilWidth(page, '>', whole);
      await touch.pinch(at, 320, 40);
      await untilWidth(page, '<', whole);
      await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
      await page.waitForTimeout(400);
      const twice = async () => {
        for (let tap = 0; tap < 2; tap++) {
          await touch.drag(at, at);
          await touch.lift();
        }
      };
      await twice();
      await untilWidth(page, '>', whole);
      await page.waitForTimeout(400);
      await twice();
      await untilWidth(page, '<', whole);
    }
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await untilWidth(page, '>', whole);
    await page.keyboard.press('0');
    await untilWidth(page, '<', whole);
  },

  'deletes the picture that is open: the next one is in its place, and Undo brings it back': async (walk) => {
    const { page, url, server } = walk;
    if (server) return; // it has no trash
    const name = await openPicture(page, url, 1);
    const names = await page.locator('.tile button').evaluateAll((all) => all.map((el) => el.ariaLabel ?? ''));
    const next = names[names.indexOf(name) + 1] ?? '';
    const count = Number(/of (\d+)/.exec((await page.locator('.viewer-place').textContent()) ?? '')?.[1]);
    const place = names.indexOf(name) + 1;
    await drawn(page);
    await page.keyboard.press('Delete');
    await page.getByText('In the trash').waitFor();
    await page.getByText(`${place} of ${count - 1}`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('.details-fact dd', { hasText: next.split(',')[0] ?? '' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'This picture is gone' }).count(), 0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(`${place} of ${count}`, { exact: true }).waitFor();
    await page.locator('.details-fact dd', { hasText: name.split(',')[0] ?? '' }).waitFor();
    await page.keyboard.press('i');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Viewer' }).waitFor({ state: 'detached' });
    await page.locator(`.tile button[aria-label="${name}"]`).waitFor();
  },

  'metadata full of markup and names of ten thousand letters: shown as text, nothing runs, nothing sticks out': async (
    walk,
  ) => {
    const { page, url, server } = walk;
    if (!server) return;
    /** @type {string[]} */
    const dialogs = [];
    page.on('dialog', (dialog) => void (dialogs.push(dialog.message()), dialog.dismiss()));
    const long = `${MARKUP}${'n'.repeat(10_000)}.png`;
    await page.route('**/api/gallery?*recursive=1*', async (route) => {
      const reply = await route.fetch();
      const body = await reply.json();
      for (const item of body.items) Object.assign(item, { filename: long, subfolder: MARKUP.repeat(20) });
      await route.fulfill({ json: body });
    });
    await page.route('**/api/gallery/item/*', async (route) => {
      const item = await (await route.fetch()).json();
      const meta = {
        prompt: MARKUP.repeat(300),
        negative: 'ع'.repeat(10_000),
        model: long,
        loras: [long],
        sampler: MARKUP,
      };
      await route.fulfill({ json: { ...item, filename: long, meta: { ...item.meta, ...meta } } });
    });
    await openPicture(page, url, 2);
    await page.keyboard.press('i');
    await page.locator('.details-fact').first().waitFor();
    assert.ok((await page.locator('.details-text dd').first().textContent())?.startsWith(MARKUP), 'shown as it is');
    assert.equal(
      await page.locator('.details img, .details script, .details b').count(),
      0,
      'nothing of it is an element',
    );
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    const high = await page
      .locator('.details-fact')
      .evaluateAll((all) => Math.max(...all.map((el) => el.clientHeight)));
    assert.ok(high < 420, `one fact takes ${high} px`);
    await page.keyboard.press('i');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.deepEqual(dialogs, []);
  },
};

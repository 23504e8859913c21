// Choosing, sizes, the feed, jumping by date, and what is loaded of a large library.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { openGallery } from './journeys.mjs';
import { finger, middle } from './touch.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Walk } from './journeys.mjs' */

/** @param {Page} page @param {string} url */
async function open(page, url) {
  await page.goto(`${url}#/gallery`);
  await openGallery(page);
}

/** @param {Page} page @param {number} nth */
const tile = (page, nth) => page.locator('.tile button').nth(nth);

/** @param {Page} page @param {string} words */
const chosen = (page, words) => page.locator('.selection-bar').getByText(words, { exact: true }).waitFor();

/** @param {Page} page @param {boolean} phone the third to the eighth picture: by a finger that paints, or by mouse and Shift */
async function chooseSix(page, phone) {
  if (!phone) {
    const box = await tile(page, 2).boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 14, box.y + 14); // the corner chooses
    await tile(page, 7).click({ modifiers: ['Shift'] });
    return;
  }
  const touch = await finger(page);
  const [from, down] = [await middle(tile(page, 2)), await middle(tile(page, 7))];
  await touch.drag(from, { x: from.x + 4, y: from.y + 4 }, 600);
  await touch.along([
    { x: from.x, y: (from.y + down.y) / 2 },
    { x: down.x, y: down.y },
  ]);
  await page.waitForTimeout(120);
  await touch.lift();
}

/** @param {Page} page */
const columns = async (page) => Number(await page.getByRole('grid').getAttribute('aria-colcount'));

/** @param {Page} page @param {string} part of the addresses that are counted */
function requests(page, part) {
  const seen = { asked: 0, aborted: 0 };
  const isOne = (/** @type {import('playwright-core').Request} */ request) => request.url().includes(part);
  page.on('request', (request) => void (seen.asked += Number(isOne(request))));
  page.on('requestfailed', (request) => {
    if (isOne(request) && request.failure()?.errorText === 'net::ERR_ABORTED') seen.aborted += 1;
  });
  return seen;
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const galleryJourneys = {
  'chooses pictures by holding and painting or by mouse, downloads them as one file, trashes them and takes it back':
    async ({ page, url, phone, server }) => {
      await open(page, url);
      const names = await page.locator('.tile button').evaluateAll((all) => all.map((el) => el.ariaLabel));
      await chooseSix(page, phone);
      await chosen(page, '6 chosen');
      await axe(page, 'pictures are chosen');
      assert.equal(await page.getByRole('dialog').count(), 0, 'nothing was opened');
      if (phone) {
        await tile(page, 3).tap();
        await chosen(page, '5 chosen');
        await tile(page, 3).tap();
        await chosen(page, '6 chosen');
      }
      if (server)
        return void (await page.goBack().then(() => page.locator('.selection-bar').waitFor({ state: 'detached' })));
      const download = page.waitForEvent('download');
      await page.locator('.selection-bar').getByRole('button', { name: 'Download' }).click();
      const file = await download;
      assert.match(file.suggestedFilename(), /\.zip$/);
      const stream = await file.createReadStream();
      let bytes = 0;
      for await (const piece of stream) bytes += piece.length;
      assert.ok(bytes > 100_000, `${bytes} bytes of pictures`);
      await page.locator('.selection-bar').getByRole('button', { name: 'Move to the trash' }).click();
      await page.getByText('6 items are in the trash').waitFor();
      await page.locator('.selection-bar').waitFor({ state: 'detached' });
      await page.locator(`.tile button[aria-label="${names[2]}"]`).waitFor({ state: 'detached' });
      assert.equal(await tile(page, 2).getAttribute('aria-label'), names[8], 'what came after them moved up');
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.locator(`.tile button[aria-label="${names[2]}"]`).waitFor();
      await page.waitForFunction(
        (wanted) => document.querySelectorAll('.tile button')[7]?.ariaLabel === wanted,
        names[7],
      );
    },

  'makes the pictures larger and smaller by two fingers, by keys and by a slider, and stays where it was': async ({
    page,
    url,
    phone,
    server,
  }) => {
    if (!server) return;
    await open(page, url);
    await page.locator('.grid').evaluate((el) => el.scrollTo(0, 2400));
    await page.waitForTimeout(400);
    const before = await columns(page);
    if (phone) {
      const at = { x: 195, y: 420 };
      const under = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('.tile')?.id, at);
      const touch = await finger(page);
      await touch.pinch(at, 90, 200);
      await page.waitForFunction((was) => Number(document.querySelector('.grid')?.ariaColCount) < was, before);
      const box = await page.locator(`#${under}`).boundingBox();
      assert.ok(box && box.y - 30 < at.y && box.y + box.height + 30 > at.y, 'what was between the fingers stays there');
      assert.equal(await page.getByRole('dialog').count(), 0, 'nothing was opened');
      await touch.pinch(at, 220, 80);
      await page.waitForFunction((was) => Number(document.querySelector('.grid')?.ariaColCount) >= was, before);
    } else {
      await page.getByRole('grid').focus();
      await page.keyboard.press('+');
      await page.waitForFunction((was) => Number(document.querySelector('.grid')?.ariaColCount) === was - 1, before);
      await page.keyboard.press('-');
      await page.waitForFunction((was) => Number(document.querySelector('.grid')?.ariaColCount) === was, before);
    }
    await page.getByRole('button', { name: 'View', exact: true }).click();
    const slider = page.getByRole('slider', { name: 'Size of the pictures' });
    await slider.focus();
    await page.keyboard.press('End');
    assert.ok((await columns(page)) < before, 'larger');
    await page.keyboard.press('Home');
    assert.ok((await columns(page)) > before, 'smaller');
    await page.keyboard.press('Escape');
  },

  'looks through the feed, where clips play while they are seen': async ({ page, url, server }) => {
    if (server) return; // it has no clips that play
    await page.goto(`${url}#/gallery?kind=video`);
    await openGallery(page);
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.getByRole('button', { name: 'Feed', exact: true }).click();
    await page.keyboard.press('Escape');
    assert.equal(await columns(page), 1);
    await page.locator('.clip[data-state=playing]').first().waitFor();
    const clips = page.locator('.clip');
    const playing = () =>
      clips.evaluateAll(
        (all) => all.map((el) => !(/** @type {HTMLVideoElement} */ (el).paused)).filter(Boolean).length,
      );
    assert.ok((await playing()) <= 2, 'only those that are seen');
    await axe(page, 'feed');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.reload();
    await page.locator('.card img[data-state=shown]').first().waitFor();
    await page.waitForTimeout(800);
    assert.equal(
      await page.locator('.clip[data-state=playing]').count(),
      0,
      'nothing moves for those who asked for that',
    );
  },

  'drags the handle of dates over the whole library': async ({ page, url, phone, server }) => {
    if (!server) return;
    await open(page, url);
    const handle = page.getByRole('slider', { name: 'Date' });
    const touch = await finger(page);
    // It is seen while the list moves, and for a moment afterwards.
    if (phone) await touch.drag({ x: 150, y: 600 }, { x: 150, y: 420 });
    if (phone) await touch.lift();
    await page.waitForTimeout(500);
    const newest = await handle.getAttribute('aria-valuetext');
    const from = await middle(handle);
    const to = { x: from.x, y: from.y + 420 };
    if (phone) {
      await touch.drag(from, to);
      await page.locator('.scrubber[data-held] .scrubber-month').waitFor();
      await touch.lift();
    } else {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 12 });
      await page.mouse.up();
    }
    await page.waitForFunction(
      (was) => document.querySelector('.scrubber-handle')?.getAttribute('aria-valuetext') !== was,
      newest,
    );
    await page.waitForFunction(() => {
      const seen = [...document.querySelectorAll('.tile img')];
      return seen.length > 8 && seen.every((img) => img.getAttribute('data-state') === 'shown');
    });
    assert.ok((await page.locator('.tile button[aria-label*="0000"]').count()) > 0, 'old pictures are seen');
    await handle.focus();
    await page.keyboard.press('End');
    await page.locator('.tile button[aria-label*="_0000000."]').waitFor();
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.querySelector('.grid')?.scrollTop === 0);
  },

  'loads only what is seen: thumbnails that leave the view are given up': async ({ page, url, server }) => {
    if (!server) return;
    await open(page, url);
    server.troubles.add(/^GET thumb/, { delay: 1500, status: 503 });
    const seen = requests(page, '/thumb?');
    try {
      await page.locator('.grid').evaluate(async (grid) => {
        for (let i = 0; i < 12; i++) {
          grid.scrollTop += 700; // slow enough to look at what passes
          await new Promise((resolve) => setTimeout(resolve, 260));
        }
      });
      assert.ok(seen.asked > 20, `${seen.asked} were asked for`);
      assert.ok(seen.aborted >= seen.asked / 3, `${seen.aborted} of ${seen.asked} were given up`);
      const flown = seen.asked;
      await page.locator('.grid').evaluate(async (grid) => {
        for (let i = 0; i < 40; i++) {
          grid.scrollTop -= 1200;
          await new Promise(requestAnimationFrame);
        }
      });
      const loaded = seen.asked - flown;
      const passed = (40 * 1200 * (await columns(page)) ** 2) / (page.viewportSize()?.width ?? 1);
      assert.ok(loaded < passed / 3, `${loaded} of about ${Math.round(passed)} tiles that flew by were asked for`);
    } finally {
      server.troubles.calm();
    }
    await page.reload();
    await openGallery(page);
  },

  'asks for itself where no events arrive, and finds what is new': async ({ page, url, server, phone }) => {
    if (!server || !phone) return; // the same on every screen, and it takes its time
    server.troubles.add(/api\/events/, { status: 200, raw: '', headers: {} });
    try {
      await open(page, url);
      const newest = await tile(page, 0).getAttribute('aria-label');
      server.change(3);
      await page.waitForFunction(
        (was) => document.querySelector('.tile button')?.getAttribute('aria-label') !== was,
        newest,
        { timeout: 20_000 },
      );
      assert.equal(await tile(page, 3).getAttribute('aria-label'), newest, 'three came before it');
    } finally {
      server.troubles.calm();
    }
  },
};

// Files that are too large, damaged or gone, on the real server.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { png } from './fakePictures.mjs';
import { openGallery } from './journeys.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {{ page: Page, url: string, output?: string }} Walk */

const WIDTH = 4200;
const HEIGHT = 4000;

/** 50 MB that no method makes smaller. */
function hugePicture() {
  const rows = crypto.randomBytes((WIDTH * 3 + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) rows[y * (WIDTH * 3 + 1)] = 0;
  return png(WIDTH, HEIGHT, rows);
}

/** @param {Page} page @param {string} name */
const tileOf = (page, name) => page.locator(`.tile button[aria-label*="${name}"]`);

/**
 * Puts a file among the pictures while the gallery is open, opens it, and takes it away again.
 * @param {Walk} walk @param {string} name @param {Buffer} content @param {(file: string) => Promise<void>} look
 */
async function withFile({ page, url, output = '' }, name, content, look) {
  const file = path.join(output, name);
  await page.goto(`${url}#/gallery`);
  await openGallery(page);
  fs.writeFileSync(file, content);
  try {
    await tileOf(page, name).waitFor();
    await look(file);
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const badFileJourneys = {
  'a picture of 50 MB: its thumbnail comes, it opens, and the keys go on meanwhile': async (walk) => {
    const { page, output } = walk;
    if (!output) return;
    const name = `huge_${Date.now()}.png`;
    const content = hugePicture();
    assert.ok(content.length > 50_000_000, `${content.length} bytes`);
    await withFile(walk, name, content, async () => {
      await tileOf(page, name).locator('img[data-state=shown]').waitFor({ timeout: 30_000 });
      await tileOf(page, name).click();
      await page.getByText(/^1 of /).waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByText(/^2 of /).waitFor();
      await page.keyboard.press('ArrowLeft');
      await page.getByText(/^1 of /).waitFor();
      await page.waitForFunction(
        (wide) =>
          [...document.querySelectorAll('.pswp__item:not([aria-hidden=true]) img')].some(
            (img) => img instanceof HTMLImageElement && img.complete && img.naturalWidth === wide,
          ),
        WIDTH,
        { timeout: 30_000 },
      );
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  },

  'a video and a picture that are damaged: said on the tile and in the viewer, with a way to the file': async (
    walk,
  ) => {
    const { page, output } = walk;
    if (!output) return;
    for (const name of [`broken_${Date.now()}.mp4`, `broken_${Date.now()}.png`])
      await withFile(walk, name, Buffer.from('no media at all '.repeat(400)), async () => {
        await tileOf(page, name).locator('.tile-name').waitFor();
        await tileOf(page, name).click();
        await page.getByRole('heading', { name: 'This cannot be shown' }).waitFor();
        await page.locator('.viewer-trouble').getByRole('link', { name: 'Download' }).waitFor();
        await page.keyboard.press('i');
        await page.locator('.details-fact dd', { hasText: name }).waitFor();
        await page.keyboard.press('i');
        await page.keyboard.press('ArrowRight');
        await page.getByRole('heading', { name: 'This cannot be shown' }).waitFor({ state: 'detached' });
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      });
  },

  'a picture that is deleted on disk while it is shown: said in its place': async (walk) => {
    const { page, output } = walk;
    if (!output) return;
    const name = `leaving_${Date.now()}.png`;
    await withFile(walk, name, fs.readFileSync(path.join(output, 'sample_00001_.png')), async (file) => {
      await tileOf(page, name).click();
      await page.getByText(/^1 of /).waitFor();
      fs.rmSync(file);
      await page.getByRole('heading', { name: 'This picture is gone' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await tileOf(page, name).waitFor({ state: 'detached' });
    });
  },
};

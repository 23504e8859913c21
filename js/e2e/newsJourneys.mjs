// Files that come, change their name and go on disk, seen in an open browser. The times are printed, not judged:
// a busy machine is no fault of the gallery's.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openGallery } from './journeys.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {{ page: Page, url: string, output?: string }} Walk */

const ROUNDS = 5;

/**
 * From an act on disk until the page shows what came of it.
 * @param {Page} page @param {string} name @param {boolean} there @param {() => void} act
 * @returns {Promise<number>} milliseconds
 */
async function untilShown(page, name, there, act) {
  const shown = page.evaluate(
    ([wanted, present]) =>
      new Promise((resolve) => {
        const look = () =>
          (document.querySelector(`.tile button[aria-label*="${wanted}"]`) !== null) === present
            ? resolve(Date.now())
            : requestAnimationFrame(look);
        look();
      }),
    /** @type {const} */ ([name, there]),
  );
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const began = Date.now();
  act();
  return Number(await shown) - began;
}

/** @param {string} what @param {number[]} spent */
function tell(what, spent) {
  const [median, most] = [spent.toSorted((a, b) => a - b)[spent.length >> 1], Math.max(...spent)];
  console.log(`      a ${what} file is seen after ${median} ms, at most ${most} ms (goal: 500 ms)`);
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const newsJourneys = {
  'sees a file come, take another name and go while it looks': async ({ page, url, output }) => {
    if (!output) return; // a server elsewhere: its folder is not at hand
    await page.goto(`${url}#/gallery`);
    await openGallery(page);
    const sample = fs.readdirSync(output, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.png'));
    assert.ok(sample, 'there is a picture to copy');
    const picture = fs.readFileSync(path.join(output, sample));
    /** @type {Record<string, number[]>} */
    const spent = { new: [], renamed: [], deleted: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const [first, second] = [`news_${Date.now()}_a.png`, `news_${Date.now()}_b.png`];
      const [from, to] = [path.join(output, first), path.join(output, second)];
      spent.new?.push(await untilShown(page, first, true, () => fs.writeFileSync(from, picture)));
      spent.renamed?.push(await untilShown(page, second, true, () => fs.renameSync(from, to)));
      assert.equal(await page.locator(`.tile button[aria-label*="${first}"]`).count(), 0, 'the old name is gone');
      spent.deleted?.push(await untilShown(page, second, false, () => fs.rmSync(to)));
    }
    for (const [what, times] of Object.entries(spent)) tell(what, times);
  },
};

// The ways to a page, for pictures, for axe and for journeys.

/** @import { Page } from 'playwright-core' */
/** @typedef {Awaited<ReturnType<typeof import('./fakeServer.mjs').startFakeServer>>} StandIn */
/** @typedef {{ page: Page, url: string, phone: boolean, server: StandIn }} Stage */
/** @typedef {{ on: 'house' | 'stand-in' | 'dev', only?: 'phone' | 'desktop', settle?: number, open: (stage: Stage) => Promise<void> }} Scene */

/** @param {Page} page the pictures that are in sight are drawn */
export const pictures = (page) =>
  page.waitForFunction(() => {
    const seen = [...document.images].filter((img) => img.getBoundingClientRect().top < innerHeight);
    return seen.length > 0 && seen.every((img) => img.complete && img.naturalWidth > 0);
  });

/** @param {Page} page @param {string} title of the workflow that shall be open */
export async function choose(page, title) {
  const head = page.locator('.workflow-name, .create-title');
  if ((await head.textContent()) === title) return;
  const picker = page.locator('.workflow-name'); // a wide screen has the list beside the form
  if ((await picker.count()) > 0) await picker.click();
  await page.getByLabel('Search workflows').fill(title);
  await page.locator('.list-row', { hasText: title }).first().click();
  await page.locator('.workflow-name, .create-title', { hasText: title }).waitFor();
  await page.locator('.sheet').waitFor({ state: 'detached' });
  await page.locator('.form-row').first().waitFor();
}

/** @param {Stage} stage @param {string} workflow */
export async function create({ page, url }, workflow = 'Sketch a landscape') {
  await page.goto(`${url}#/controls`);
  await page.locator('.form-row').first().waitFor();
  if (workflow !== '') await choose(page, workflow);
}

/** @param {Stage} stage */
export async function openRuns(stage) {
  await stage.page.goto(`${stage.url}#/studio`);
  await stage.page.getByRole('button', { name: /^Runs/ }).click();
  await stage.page.getByRole('dialog').waitFor();
}

/** @param {Stage} stage @param {string} route @param {string} words that say the state is there */
export async function at({ page, url }, route, words) {
  await page.goto(`${url}#${route}`);
  await page.getByText(words).first().waitFor();
}

/** @param {Page} page until the browser keeps nothing more */
export async function fillStorage(page) {
  await page.evaluate(() => {
    for (let size = 1_048_576; size >= 1; size /= 2)
      for (let i = 0; ; i++)
        try {
          localStorage.setItem(`fill-${size}-${i}`, 'x'.repeat(size));
        } catch {
          break;
        }
  });
}

// Aliases and prompts that are kept, on the real server.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Walk } from './journeys.mjs' */

/** @param {Page} page */
const text = (page) => page.locator('.prompt-text textarea').inputValue();

/** @param {Page} page */
const closeSheet = async (page) => {
  await page.locator('.sheet').getByRole('button', { name: 'Close' }).click();
  await page.locator('.sheet').waitFor({ state: 'detached' });
};

/** @param {Page} page @param {string} name opens the category and gives what can be done with it */
const category = async (page, name) => {
  const row = page.locator('.category-row', { hasText: name });
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
  return row.locator('xpath=..').locator('.category-panel').first();
};

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const libraryJourneys = {
  'puts categories of aliases in order and inside each other': async ({ page, url, server, phone }) => {
    if (server) return; // it keeps no documents
    const [sea, ship] = [`Sea ${phone ? 1 : 2}`, `Ship ${phone ? 1 : 2}`];
    await page.goto(`${url}#/library?tab=aliases`);
    await page.getByRole('button', { name: 'Categories' }).click();
    for (const name of [sea, ship]) {
      await page.getByLabel('New category').fill(name);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.locator('.category-row', { hasText: name }).waitFor();
    }
    const rows = () => page.locator('.categories > li > .category-row > span').allTextContents();
    const names = await rows();
    assert.ok(names.indexOf(sea) >= 0 && names.indexOf(ship) > names.indexOf(sea), 'new ones come last');
    await (await category(page, ship)).getByRole('button', { name: `${ship}: before the one above` }).click();
    await page.waitForFunction(
      ([one, other]) => {
        const names = [...document.querySelectorAll('.category-row > span')].map((el) => el.textContent);
        return names.indexOf(String(one)) < names.indexOf(String(other));
      },
      [ship, sea],
    );
    await (await category(page, ship)).getByLabel('Inside').selectOption({ label: sea });
    await page.locator('.categories .categories .category-row', { hasText: ship }).waitFor();
    await axe(page, 'categories');
    await closeSheet(page);
    await page.reload();
    await page.getByRole('button', { name: 'Categories' }).click();
    await category(page, sea);
    await page.locator('.categories .categories .category-row', { hasText: ship }).waitFor();
    await closeSheet(page);
  },

  'imports aliases after seeing what would change, takes that back, exports what is there': async ({
    page,
    url,
    server,
    phone,
  }) => {
    if (server) return;
    const [one, two] = [`place::cove_${phone ? 1 : 2}`, `place::reef_${phone ? 1 : 2}`];
    await page.goto(`${url}#/library?tab=aliases`);
    await page.getByRole('button', { name: 'Import' }).click();
    const file = page.getByLabel('File of aliases');
    await file.setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{"a": ') });
    await page.locator('.sheet').getByRole('alert').waitFor();
    const items = { [one]: 'small bay, calm water', [two]: 'coral, clear shallow water' };
    await file.setInputFiles({
      name: 'b.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ items })),
    });
    await axe(page, 'import of aliases');
    await page.locator('.sheet').getByRole('button', { name: /2/ }).click();
    await page.locator('.sheet').waitFor({ state: 'detached' });
    const row = page.locator('.alias-row', { hasText: 'coral, clear shallow water' });
    await row.waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export' }).click();
    const stream = await (await download).createReadStream();
    let exported = '';
    for await (const piece of stream) exported += piece;
    assert.match(exported, /coral, clear shallow water/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.waitFor({ state: 'detached' });
  },

  'mends what is advised with one tap and takes it back': async ({ page, url, server, phone }) => {
    if (server) return; // the real one advises
    await page.goto(`${url}#/compose`);
    await page.locator('.prompt-text textarea').waitFor({ state: 'attached' });
    if (phone) await page.getByRole('button', { name: 'Text', exact: true }).click();
    const area = page.locator('.prompt-text textarea');
    await area.fill('lighthouse, ((old harbour, gulls');
    const advice = page.getByRole('list', { name: 'Advice' });
    const fix = advice.locator('.button:enabled');
    await fix.first().waitFor();
    await axe(page, 'advice');
    const before = await text(page);
    if (phone) await fix.first().tap();
    else await fix.first().click();
    await page.waitForFunction((was) => document.querySelector('textarea')?.value !== was, before);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await page.waitForFunction((was) => document.querySelector('textarea')?.value === was, before);
  },

  'keeps a prompt as a favourite and takes it up again': async ({ page, url, server, phone }) => {
    if (server) return;
    const name = `Evening ${phone ? 'phone' : 'desk'} ${Date.now()}`;
    await page.goto(`${url}#/compose`);
    await page.locator('.prompt-text textarea').waitFor({ state: 'attached' });
    if (phone) await page.getByRole('button', { name: 'Text', exact: true }).click();
    const area = page.locator('.prompt-text textarea');
    await area.fill('reeds, low sun, mirror lake');
    await page.getByRole('button', { name: 'Past prompts' }).click();
    await page.getByRole('button', { name: 'Keep this prompt as a favourite' }).click();
    await page.getByLabel('Name of the favourite').fill(name);
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByText(`Kept as ${name}`).waitFor();
    await page.getByRole('button', { name: 'Favourites', exact: true }).click();
    const row = page.locator('.past-row', { hasText: 'mirror lake' }).first();
    await row.waitFor();
    await axe(page, 'past prompts');
    if (phone) await closeSheet(page);
    await area.fill('something else');
    if (phone) {
      await page.getByRole('button', { name: 'Past prompts' }).click();
      await page.getByRole('button', { name: 'Favourites', exact: true }).click();
    }
    await row.click();
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'reeds, low sun, mirror lake');
  },

  'copies what was collected of the tags': async ({ page, url, server, phone }) => {
    if (!server) return;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${url}#/library?tab=tags`);
    const tags = ['blue eyes', 'saber (fate)'];
    for (const tag of tags) {
      const row = page.getByRole('button', { name: new RegExp(`^${tag.replace(/[()]/g, '\\$&')}`) });
      await row.waitFor();
      if (phone) await row.tap();
      else await row.click();
    }
    await page.getByText('2 collected').waitFor();
    await page.locator('.tags-bar').getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'blue eyes, saber \\(fate\\)');
  },
};

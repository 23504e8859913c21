// Writing a prompt as pieces, and aliases that two devices edit.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { finger, middle } from './touch.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Walk } from './journeys.mjs' */

const NAMES = { loras: ['styles/ink_wash.safetensors', 'evening_light.safetensors'], embeddings: ['bad_hands.pt'] };
const ALIASES = [
  ['character:keeper', 'Keeper', 'character', '1girl, yellow raincoat'],
  ['lighting:golden_hour', 'Golden - Hour', 'lighting', 'warm low sun, long shadows'],
].map(([token = '', friendly, category, text]) => ({
  name: token.replace(':', '::'),
  token,
  friendly,
  category,
  text,
  subcategory: '',
  used: 0,
}));

/** @param {Page} page lists that the stand-in does not have */
async function withPieces(page) {
  await page.route('**/get_choices?*', (route) => {
    const kind = /** @type {keyof typeof NAMES} */ (new URL(route.request().url()).searchParams.get('type'));
    return route.fulfill({ json: { choices: NAMES[kind] ?? [] } });
  });
  await page.route('**/api/wildcards', (route) => route.fulfill({ json: { names: ['hair/color', 'sky'] } }));
  await page.route('**/api/alias_search?*', (route) => route.fulfill({ json: { items: ALIASES } }));
}

/** @param {Page} page */
const textOf = (page) => page.locator('.prompt-text textarea').inputValue();

/** @param {Page} page @param {string} words */
const piece = (page, words) => page.locator('.prompt-chip', { hasText: words }).first();

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const composeJourneys = {
  'completes aliases, LoRAs, embeddings and wildcards where the caret is': async ({ page, url, server, phone }) => {
    if (!server) return;
    await withPieces(page);
    await page.goto(`${url}#/controls`);
    const prompt = page.getByLabel('Prompt', { exact: true });
    await prompt.fill('');
    await prompt.pressSequentially('$gol', { delay: 30 });
    const golden = page.getByRole('option', { name: /Golden - Hour/ });
    await golden.waitFor();
    await axe(page, 'suggested pieces');
    if (phone) await golden.tap();
    else await golden.click();
    assert.equal(await prompt.inputValue(), '$lighting:golden_hour$, ');
    await prompt.pressSequentially('<', { delay: 30 });
    await page.getByRole('option', { name: /ink_wash/ }).waitFor();
    await prompt.pressSequentially('lora:even', { delay: 30 });
    await page.getByRole('option', { name: /evening_light/ }).waitFor();
    assert.equal(await page.locator('.suggestion').count(), 1);
    await prompt.press('Tab');
    await prompt.pressSequentially('embedding:bad', { delay: 30 });
    await page.getByRole('option', { name: /bad_hands/ }).waitFor();
    await prompt.press('Tab');
    await prompt.pressSequentially('__col', { delay: 30 });
    await page.getByRole('option', { name: /color/ }).waitFor();
    await prompt.press('Tab');
    assert.equal(
      await prompt.inputValue(),
      '$lighting:golden_hour$, <lora:evening_light:1>, embedding:bad_hands, __hair/color__, ',
    );
  },

  'weighs a piece by swipe, by keys and by buttons, and takes it back': async ({ page, url, server, phone }) => {
    if (!server) return;
    await page.goto(`${url}#/compose`);
    const hills = piece(page, 'layered hills');
    await hills.waitFor();
    if (phone) {
      const touch = await finger(page);
      const from = await middle(hills);
      await touch.drag(from, { x: from.x + 80, y: from.y + 4 });
      await page.locator('.chip-bubble', { hasText: '1.25' }).waitFor();
      assert.ok(!(await textOf(page)).includes('1.25'), 'nothing changes before the finger is lifted');
      await touch.lift();
      await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('(layered hills:1.25)'));
    } else {
      await hills.focus();
      for (let i = 0; i < 5; i++) await page.keyboard.press('Control+ArrowUp');
      assert.match(await textOf(page), /\(layered hills:1\.25\)/);
      assert.ok(await hills.evaluate((el) => el === document.activeElement), 'the piece keeps the focus');
    }
    await hills.press('Enter');
    await page.getByRole('button', { name: 'Weaker: layered hills' }).click();
    assert.match(await textOf(page), /\(layered hills:1\.2\)/);
    // Paler while it speaks of the text before.
    await page.locator('.expanded:not([data-stale])').waitFor();
    await axe(page, 'a piece is weighed');
    await page.locator('.chip-weight-value').click();
    assert.ok(!(await textOf(page)).includes('(layered hills'));
    await page.getByRole('button', { name: 'Undo' }).first().click();
    assert.match(await textOf(page), /\(layered hills:1\.2\d*\)/);
  },

  'moves pieces by keyboard and by touch': async ({ page, url, server, phone }) => {
    if (!server) return;
    await page.goto(`${url}#/compose`);
    const hills = piece(page, 'layered hills');
    await hills.waitFor();
    const before = await textOf(page);
    await hills.focus();
    await page.keyboard.press('Space');
    await page.waitForTimeout(300);
    await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(300);
    await page.keyboard.press('Space');
    await page.waitForFunction((was) => document.querySelector('textarea')?.value !== was, before);
    assert.match(await textOf(page), /^layered hills, a quiet valley at dusk/);
    if (!phone) return;
    const touch = await finger(page);
    const from = await middle(hills);
    const to = await middle(piece(page, 'a quiet valley'));
    await touch.drag(from, { x: to.x + 20, y: to.y }, 350);
    await page.waitForTimeout(300);
    await touch.lift();
    await page.waitForFunction((was) => document.querySelector('textarea')?.value === was, before);
  },

  'shows an alias that another device changed beside what is written here': async ({ page, url, server }) => {
    if (server) return; // it keeps no documents
    const name = `character::e2e_${Date.now()}`;
    const address = `${url}api/aliases/${encodeURIComponent(name)}`;
    const write = async (/** @type {string} */ text) => {
      const there = await page.request.get(address);
      const tag = there.ok() ? { 'if-match': there.headers().etag ?? '' } : { 'if-none-match': '*' };
      const data = { text, category: 'character' };
      assert.ok((await page.request.put(address, { data, headers: tag })).ok(), 'the other device writes');
    };
    await write('1girl, armor');
    await page.goto(`${url}#/library?tab=aliases&alias=${encodeURIComponent(name)}`);
    const text = page.getByLabel('Stands for');
    await text.press('Control+End');
    await text.pressSequentially(', cape');
    await text.blur();
    await write('1girl, robe');
    // Told by the server's events, or when saving is refused.
    const conflict = page.getByRole('alert', { name: 'This alias was changed elsewhere meanwhile.' });
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await Promise.race([conflict.waitFor(), save.click()]);
    await conflict.getByText('1girl, robe').waitFor();
    assert.equal(await text.inputValue(), '1girl, armor, cape', 'what is written here stays');
    await axe(page, 'an alias changed elsewhere');
    await conflict.getByRole('button', { name: 'Go on with mine' }).click();
    await conflict.waitFor({ state: 'detached' });
    await save.click();
    await page.getByText(`${name} is saved`).waitFor();
    const kept = await (await page.request.get(address)).json();
    assert.equal(kept.text, '1girl, armor, cape');
  },
};

// What a person does with tags: while writing a prompt, and in the library.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Walk } from './journeys.mjs' */

/** @param {Page} page looks at every frame whether a tag is shown that does not fit what is typed */
async function watchForStale(page) {
  await page.evaluate(() => {
    /** @type {string[]} */
    const stale = [];
    Object.assign(window, { stale });
    const look = () => {
      const field = document.activeElement;
      const typed = field instanceof HTMLTextAreaElement ? field.value.slice(0, field.selectionStart) : '';
      const words = (typed.split(/[,\n]/).at(-1) ?? '').trim().toLowerCase().split(' ');
      for (const option of document.querySelectorAll('[role=option]')) {
        const said = option.textContent?.toLowerCase() ?? '';
        if (!words.every((word) => said.includes(word))) stale.push(`${words.join(' ')}: ${said}`);
      }
      requestAnimationFrame(look);
    };
    look();
  });
}

/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const tagJourneys = {
  'types a prompt fast, never sees a suggestion for other letters, and takes tags by key and by touch': async ({
    page,
    url,
    server,
    phone,
  }) => {
    if (!server) return; // its answers come in disorder on purpose
    await page.goto(`${url}#/controls`);
    const prompt = page.getByLabel('Prompt', { exact: true });
    await prompt.fill('');
    await watchForStale(page);
    await prompt.pressSequentially('blue eyes', { delay: 45 });
    await page.getByRole('option', { name: /blue eyes/ }).waitFor();
    for (let i = 0; i < 5; i++) await prompt.press('Backspace');
    await prompt.pressSequentially(' sk', { delay: 20 });
    await page.getByRole('option', { name: /blue sky/ }).waitFor();
    await prompt.press('ArrowDown');
    await axe(page, 'suggestions');
    await prompt.press('Enter');
    assert.equal(await prompt.inputValue(), 'blue sky, ');
    await prompt.pressSequentially('saber', { delay: 10 });
    const saber = page.getByRole('option', { name: /saber/ });
    await saber.waitFor();
    if (phone) await saber.tap();
    else await saber.click();
    assert.equal(await prompt.inputValue(), 'blue sky, saber \\(fate\\), ');
    await prompt.press('Control+z');
    assert.equal(await prompt.inputValue(), 'blue sky, saber', 'a choice can be undone');
    assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'stale')), []);
  },

  'finds tags in the library, collects some, puts them into the prompt, reads what became of a list': async ({
    page,
    url,
    server,
    phone,
  }) => {
    if (!server) return;
    await page.goto(`${url}#/library?tab=tags`);
    await page.getByText('15 tags').waitFor();
    await axe(page, 'tags');
    await page.getByRole('searchbox', { name: 'Search tags' }).fill('blue');
    await page.getByText('3 tags').waitFor();
    await page.getByRole('button', { name: /^blue eyes/ }).click();
    await page.getByRole('button', { name: /^blue sky/ }).click();
    await page.getByText('2 collected').waitFor();
    await page.getByRole('button', { name: 'About blue_eyes' }).click();
    await page.getByText('You use it together with').waitFor();
    await axe(page, 'about a tag');
    if (phone) {
      await page.getByRole('button', { name: 'Close' }).first().click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    // Beside the list there is one for the tag alone.
    const bar = page.locator('.tags-bar');
    await bar.getByRole('button', { name: 'Add to prompt' }).click();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    assert.match(await page.getByLabel('Prompt', { exact: true }).inputValue(), /warm low sun, blue eyes, blue sky$/);
    await page.goBack();
    await page.getByRole('button', { name: 'Tag lists' }).click();
    const file = { name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from('x,0,1,\n') };
    await page.getByLabel('Add a list').setInputFiles(file);
    await page.getByText('mine.csv: 12 tags').waitFor();
    await page.getByText('1 row was left out').first().click();
    await page.getByText('Line 7: a quote is never closed').first().waitFor();
    await axe(page, 'tag lists');
  },

  'is suggested tags by a real server': async ({ page, url, server }) => {
    if (server) return;
    await page.goto(`${url}#/controls`);
    await page.locator('.form-row textarea, .empty').first().waitFor();
    const prompt = page.locator('.form-row textarea').first();
    if ((await prompt.count()) === 0) return;
    await prompt.fill('');
    await prompt.pressSequentially('long ha', { delay: 30 });
    await page.getByRole('option', { name: /^long hair/ }).waitFor();
    await prompt.press('Tab');
    assert.equal(await prompt.inputValue(), 'long hair, ');
    await page.goto(`${url}#/library`);
    await page.getByRole('button', { name: /^long hair/ }).waitFor();
  },
};

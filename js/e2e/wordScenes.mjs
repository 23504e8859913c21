// States of composing prompts and of the library.
import { at, create } from './ways.mjs';

/** @import { Scene, Stage } from './ways.mjs' */

/** @param {Stage} stage @param {string} prompt as text, with a workflow chosen */
async function composeText({ page, url, phone }, prompt) {
  await page.goto(`${url}#/compose`);
  await page.locator('.prompt-text textarea').waitFor({ state: 'attached' });
  if (phone) await page.getByRole('button', { name: 'Text', exact: true }).click();
  await page.locator('.prompt-text textarea').fill(prompt);
}

/** @type {Record<string, Scene>} */
export const wordScenes = {
  'create-suggestions': {
    on: 'stand-in',
    open: async (stage) => {
      await create(stage, '');
      const prompt = stage.page.getByLabel('Prompt', { exact: true });
      await prompt.fill('a quiet valley, ');
      await prompt.press('End');
      await prompt.pressSequentially('blue', { delay: 40 });
      await stage.page.getByRole('option').first().waitFor();
    },
  },
  'compose-weight': {
    on: 'house',
    open: async (stage) => {
      const { page, phone } = stage;
      await composeText(stage, 'a calm lake at evening, (low sun:1.2), reeds, mist over the water');
      if (phone) await page.getByRole('button', { name: 'Pieces', exact: true }).click();
      await page.locator('.prompt-chip', { hasText: 'reeds' }).first().press('Enter');
      await page.getByRole('button', { name: 'Weaker: reeds' }).waitFor();
      await page.locator('.expanded:not([data-stale])').waitFor();
    },
  },
  'compose-advice': {
    on: 'house',
    open: async (stage) => {
      await composeText(stage, 'lighthouse, ((old harbour, gulls, lighthouse');
      await stage.page.getByRole('list', { name: 'Advice' }).locator('.button:enabled').first().waitFor();
    },
  },
  'compose-past': {
    on: 'house',
    open: async (stage) => {
      await composeText(stage, 'reeds, low sun, mirror lake');
      await stage.page.getByRole('button', { name: 'Past prompts' }).click();
      await stage.page.locator('.past-row').first().waitFor();
    },
  },
  'compose-aliases': {
    on: 'house',
    open: async (stage) => {
      await composeText(stage, 'reeds, low sun');
      await stage.page.getByRole('button', { name: 'Aliases', exact: true }).first().click();
      await stage.page.locator('.alias-picker .alias-row').first().waitFor();
    },
  },
  'library-alias': {
    on: 'house',
    open: async (stage) => {
      await at(stage, '/library?tab=aliases', 'Storm');
      await stage.page.locator('.alias-row', { hasText: 'fishing boats' }).click();
      await stage.page.locator('.alias-expansion').waitFor();
    },
  },
  'library-categories': {
    on: 'house',
    open: async (stage) => {
      await at(stage, '/library?tab=aliases', 'Storm');
      await stage.page.getByRole('button', { name: 'Categories' }).click();
      await stage.page.locator('.category-row').first().click();
      await stage.page.locator('.category-panel').first().waitFor();
    },
  },
  'library-import': {
    on: 'house',
    open: async (stage) => {
      await at(stage, '/library?tab=aliases', 'Storm');
      await stage.page.getByRole('button', { name: 'Import' }).click();
      const items = { 'place::harbour': 'a harbour of stone', 'place::cove': 'small bay, calm water' };
      const buffer = Buffer.from(JSON.stringify({ items }));
      const file = { name: 'mine.json', mimeType: 'application/json', buffer };
      await stage.page.getByLabel('File of aliases').setInputFiles(file);
      await stage.page.locator('.sheet').getByRole('button', { name: /1/ }).waitFor();
    },
  },
  'library-collected': {
    on: 'stand-in',
    open: async (stage) => {
      await at(stage, '/library?tab=tags', 'saber');
      for (const tag of [/^blue eyes/, /^saber \(fate\)/]) await stage.page.getByRole('button', { name: tag }).click();
      await stage.page.getByText('2 collected').waitFor();
    },
  },
  'library-lists': {
    on: 'house',
    open: async (stage) => {
      await at(stage, '/library?tab=tags', 'Tags');
      await stage.page.getByRole('button', { name: 'Tag lists' }).click();
      await stage.page.getByText('comes with CozyGen').first().waitFor();
    },
  },
};

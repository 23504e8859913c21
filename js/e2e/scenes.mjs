// Every page and state of the app, each with the way to it: for pictures and for axe (screens.mjs).
import { kitScenes } from './kitScenes.mjs';
import { pictureScenes } from './pictureScenes.mjs';
import { troubleScenes } from './troubleScenes.mjs';
import { at, create, openRuns, pictures } from './ways.mjs';
import { wordScenes } from './wordScenes.mjs';

/** @import { Scene } from './ways.mjs' */

/** @type {Record<string, Scene>} */
export const scenes = {
  home: {
    on: 'house',
    open: async (stage) => {
      await at(stage, '/studio', 'Newest');
      await pictures(stage.page);
    },
  },
  'home-running': {
    on: 'house',
    open: async (stage) => {
      await create(stage);
      await stage.page.getByLabel('Steps', { exact: true }).fill('90');
      await stage.page.getByRole('button', { name: 'Run', exact: true }).click();
      await stage.page.goto(`${stage.url}#/studio`);
      await stage.page.locator('.run-now').first().waitFor();
      await pictures(stage.page);
    },
  },
  create: { on: 'house', open: (stage) => create(stage) },
  'create-running': {
    on: 'house',
    open: async (stage) => {
      await create(stage);
      await stage.page.getByLabel('Prompt', { exact: true }).fill('northern lights over a frozen lake, pine trees');
      await stage.page.getByLabel('Steps', { exact: true }).fill('100');
      await stage.page.getByRole('button', { name: 'Run', exact: true }).click();
      await stage.page.getByRole('img', { name: 'Live picture of the run' }).first().waitFor();
      await stage.page.waitForTimeout(1500);
    },
  },
  'create-slider': {
    on: 'house',
    only: 'phone',
    open: async (stage) => {
      await create(stage);
      await stage.page.getByRole('button', { name: 'Slider of Width' }).click();
    },
  },
  'create-kinds': {
    on: 'stand-in',
    open: async (stage) => {
      await create(stage, 'loop');
    },
  },
  'create-kinds-end': {
    on: 'stand-in',
    open: async (stage) => {
      await create(stage, 'loop');
      await stage.page.getByRole('button', { name: /^One strength for both/ }).click();
      await stage.page.locator('.create-form').evaluate((el) => el.scrollTo(0, 9999));
    },
  },
  'create-workflows': {
    on: 'house',
    only: 'phone',
    open: async (stage) => {
      await create(stage);
      await stage.page.locator('.workflow-name').click();
      await stage.page.getByRole('dialog').waitFor();
    },
  },
  'create-presets': {
    on: 'house',
    open: async (stage) => {
      await create(stage);
      await stage.page.getByRole('button', { name: 'Presets' }).click();
      await stage.page.getByText('Quick draft').waitFor();
    },
  },
  'create-arrange': {
    on: 'house',
    open: async (stage) => {
      await create(stage);
      await stage.page.getByRole('button', { name: 'More for this form' }).click();
      await stage.page.getByRole('menuitem', { name: 'Arrange fields' }).click();
      await stage.page.getByRole('button', { name: 'Move Seed', exact: true }).waitFor();
    },
  },
  'create-choice': {
    on: 'stand-in',
    open: async (stage) => {
      await create(stage, 'loop');
      await stage.page.locator('.choice-button').click();
      await stage.page.getByRole('dialog').waitFor();
    },
  },
  'create-picture': {
    on: 'house',
    open: async (stage) => {
      await create(stage, 'Invert a picture');
      await stage.page.locator('.image-preview').click();
      await stage.page.getByRole('button', { name: 'Gallery', exact: true }).last().click();
      await stage.page.locator('.picture-grid img').first().waitFor();
      await pictures(stage.page);
    },
  },
  'create-seed': {
    on: 'house',
    open: async (stage) => {
      await create(stage);
      await stage.page.getByRole('button', { name: /^Seed: / }).click();
      await stage.page.getByRole('menu').waitFor();
    },
  },
  runs: {
    on: 'house',
    open: async (stage) => {
      await openRuns(stage);
      await pictures(stage.page);
    },
  },
  compose: {
    on: 'house',
    open: async (stage) => {
      await create(stage);
      await stage.page
        .getByLabel('Prompt', { exact: true })
        .fill('$place::harbour$, (warm low sun:1.2), $light::dusk$, film grain, wide view');
      await stage.page.goto(`${stage.url}#/compose`);
      await stage.page.getByText('film grain').filter({ visible: true }).first().waitFor();
    },
  },
  gallery: {
    on: 'house',
    open: async (stage) => {
      await stage.page.goto(`${stage.url}#/gallery`);
      await stage.page.locator('.tile img[data-state=shown]').first().waitFor();
      await pictures(stage.page);
      await stage.page.waitForTimeout(1500); // faded in
    },
  },
  viewer: {
    on: 'house',
    settle: 700,
    open: async (stage) => {
      await stage.page.goto(`${stage.url}#/gallery`);
      await stage.page.locator('.tile img[data-state=shown]').first().waitFor();
      await stage.page.locator('.tile button[aria-label*=sketch]').first().click();
      await stage.page.getByRole('dialog', { name: 'Viewer' }).waitFor();
      await stage.page.getByRole('button', { name: 'Details' }).click();
      await stage.page.getByText('Prompt', { exact: true }).waitFor();
    },
  },
  'library-tags': { on: 'stand-in', open: (stage) => at(stage, '/library?tab=tags', 'saber') },
  'library-aliases': { on: 'house', open: (stage) => at(stage, '/library?tab=aliases', 'Storm') },
  settings: { on: 'house', open: (stage) => at(stage, '/settings', 'Density') },
  keys: {
    on: 'house',
    open: async (stage) => {
      await at(stage, '/studio', 'Newest');
      await stage.page.keyboard.press('?');
      await stage.page.getByRole('dialog').waitFor();
      await pictures(stage.page);
    },
  },
  ...pictureScenes,
  ...wordScenes,
  ...kitScenes,
  ...troubleScenes,
};

// Every part of the design system in every state, on the page that only developers see.

/** @import { Scene, Stage } from './ways.mjs' */

/** @param {Stage} stage @param {(page: Stage['page']) => Promise<unknown>} act @returns {Promise<void>} */
async function kit({ page, url }, act) {
  await page.goto(`${url}#/_kit`, { timeout: 60_000 }); // the first visit builds
  await page.getByRole('heading', { name: 'Kit' }).waitFor();
  await act(page);
}

/** @param {string} name of the heading that is in sight */
const seen = (name) => (/** @type {Stage['page']} */ page) =>
  page.getByRole('heading', { name, exact: true }).evaluate((el) => el.scrollIntoView({ block: 'start' }));

/** @param {string} name of the button that opens it @param {string} role */
const opened = (name, role) => async (/** @type {Stage['page']} */ page) => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole(/** @type {any} */ (role)).waitFor();
};

/** @type {Record<string, Scene>} */
export const kitScenes = {
  kit: { on: 'dev', open: (stage) => kit(stage, async () => undefined) },
  'kit-buttons': { on: 'dev', only: 'phone', open: (stage) => kit(stage, seen('Button')) },
  'kit-fields': { on: 'dev', open: (stage) => kit(stage, seen('Field, Select, SearchField')) },
  'kit-amounts': { on: 'dev', only: 'phone', open: (stage) => kit(stage, seen('Switch, Slider, Stepper')) },
  'kit-states': { on: 'dev', open: (stage) => kit(stage, seen('Tabs, Progress, Skeleton')) },
  'kit-menu': { on: 'dev', only: 'phone', open: (stage) => kit(stage, opened('Menu', 'menu')) },
  'kit-sheet': { on: 'dev', open: (stage) => kit(stage, opened('Sheet', 'dialog')) },
  'kit-dialog': { on: 'dev', open: (stage) => kit(stage, opened('Dialog', 'alertdialog')) },
  'kit-toasts': {
    on: 'dev',
    open: (stage) =>
      kit(stage, async (page) => {
        for (const name of ['Toast', 'Toast with a way back', 'Toast of a mistake'])
          await page.getByRole('button', { name, exact: true }).click();
        await page.getByText('The disk is full.').first().waitFor();
        await page.mouse.move(0, 0);
      }),
  },
};

// What the app looks like when something is missing, refused, slow, full or hostile.
import { formOf } from './fakeForms.mjs';
import { refusal } from './fakeTrouble.mjs';
import { at, create, fillStorage, openRuns } from './ways.mjs';

/** @import { Scene, Stage } from './ways.mjs' */
/** @import { Trouble } from './fakeTrouble.mjs' */

/** @param {Stage} stage @param {string} name of the page's `#/login` @param {boolean} [ended] */
async function signedOut({ page, url, server }, name, ended = false) {
  if (ended) {
    server.troubles.add(/auth_status/, { body: { authenticated: true, user: 'ada', auth_enabled: true } });
    await page.goto(`${url}#/controls`);
    await page.locator('.form-row').first().waitFor();
  }
  server.troubles.add(/auth_status/, { body: { authenticated: false, user: null, auth_enabled: true } });
  server.troubles.add(/ (api\/(?!auth_status)|workflows)/, refusal(401, 'unauthorized', 'Sign in to use this.'));
  if (ended) await page.getByRole('button', { name: 'Run', exact: true }).click();
  else await page.goto(`${url}#/${name}`);
  await page.getByLabel('Password', { exact: true }).waitFor();
}

/** @param {Stage} stage the account's page, for someone who is signed in */
async function account({ page, url, server }) {
  const now = Date.now() / 1000;
  server.troubles.add(/auth_status/, { body: { authenticated: true, user: 'ada', auth_enabled: true } });
  const device = (/** @type {string} */ id, /** @type {string} */ device, current = false) => ({
    id,
    device,
    current,
    used: now - 7200,
    created: now - 86400,
  });
  server.troubles.add(/GET api\/sessions/, {
    body: { sessions: [device('a', 'Chrome on Linux', true), device('b', 'Safari on iPhone')] },
  });
  server.troubles.add(/GET api\/tokens/, {
    body: {
      tokens: [
        { id: 't', name: 'nightly upscale', access: 'queue', user: 'ada', created: now, used: now, expires: null },
      ],
    },
  });
  server.troubles.add(/POST api\/pair\/start/, {
    body: { code: '7K4QM2XW', path: 'cozygen/#/login?pair=7K4QM2XW', expires_in: 120 },
  });
  await page.goto(`${url}#/settings`);
  await page.getByText('Safari on iPhone').waitFor();
}

/** @param {Stage} stage @param {RegExp} pattern @param {Trouble} trouble @param {string} route @param {string} words */
async function troubled(stage, pattern, trouble, route, words) {
  stage.server.troubles.add(pattern, trouble);
  await at(stage, route, words);
}

const PRESETS = ['Evening over the lake', 'Quick draft', 'Tall, for the phone'].map((name, i) => ({
  id: `p${i}`,
  name,
  values: {},
  created: 1,
  updated: 1,
}));

/** @param {Stage} stage a preset that names a model which is gone */
async function goneModel(stage) {
  const { page, server } = stage;
  server.troubles.add(/GET api\/workflow_presets/, { body: { status: 'ok', user: 'default', presets: PRESETS } });
  server.troubles.add(/GET api\/presets\/check/, {
    body: {
      values: { Steps: 24 },
      problems: [
        {
          code: 'invalid_value',
          field: 'Model',
          message: '“sunset_v2.safetensors” does not fit “Model”: it must be one of the files that are there.',
        },
      ],
    },
  });
  await create(stage, '');
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('button', { name: 'Evening over the lake', exact: true }).click();
  await page.getByText('is filled in').waitFor();
}

/** Names as a stranger might choose them: markup, turned around, without an end. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  'harbour \u202Egpj.exe\u202C at dusk',
  'constructor',
  'x'.repeat(10_000),
  'ع'.repeat(60),
];

/** @param {Stage} stage */
async function hostile({ page, url, server }) {
  const items = HOSTILE.map((title, i) => ({
    name: `${i}.json`,
    title,
    folder: title,
    type: null,
    mtime: 1,
    etag: '"1"',
  }));
  server.troubles.add(/GET workflows$/, { body: { workflows: items.map(({ name }) => name), items } });
  server.troubles.add(/GET api\/workflows\/.*form$/, { body: hostileForm() });
  await page.goto(`${url}#/controls`);
  await page.locator('.form-row').first().waitFor();
}

function hostileForm() {
  const form = formOf('0.json');
  const [text] = form.fields;
  const fields = HOSTILE.map((name, i) => ({
    ...text,
    name,
    label: name,
    default: name,
    help: name,
    multiline: i > 2,
  }));
  return { ...form, title: HOSTILE[3], fields, groups: [], problems: [{ code: 'x', message: HOSTILE[3] }] };
}

const GONE = { gone: true };
const EMPTY = { items: [], page: 1, per_page: 60, total_pages: 0, total_items: 0, generation: 1 };
const HUNG = { body: {}, delay: 60_000 };

/** @type {Record<string, Scene>} */
export const troubleScenes = {
  'create-wrong': {
    on: 'stand-in',
    open: async (stage) => {
      await create(stage, '');
      await stage.page.getByLabel('Width', { exact: true }).fill('4096');
      await stage.page.getByRole('button', { name: 'Run', exact: true }).click();
      await stage.page.getByText('Too wide for this model.').waitFor();
    },
  },
  'create-preset-gone-model': { on: 'stand-in', open: goneModel },
  'create-full-disk': {
    on: 'stand-in',
    open: async (stage) => {
      stage.server.troubles.add(/PUT api\/form_values/, refusal(507, 'no_space', 'The disk of the server is full.'));
      await create(stage, '');
      await stage.page.getByLabel('Steps', { exact: true }).fill('12');
      await stage.page.getByLabel('Steps', { exact: true }).press('Enter');
      await stage.page.getByText(/Kept on this device only/).waitFor();
    },
  },
  'create-full-browser': {
    on: 'stand-in',
    open: async (stage) => {
      await create(stage, '');
      await fillStorage(stage.page);
      await stage.page.getByLabel('Steps', { exact: true }).fill('12');
      await stage.page.getByLabel('Steps', { exact: true }).press('Enter');
      await stage.page.getByText(/cannot keep edits/).waitFor();
    },
  },
  'create-slow': {
    on: 'stand-in',
    open: (stage) => troubled(stage, /GET workflows/, HUNG, '/controls', 'The server takes its time. Still waiting…'),
  },
  'create-gone': {
    on: 'stand-in',
    open: (stage) => troubled(stage, / api\/workflows/, GONE, '/controls', 'The server does not answer.'),
  },
  'create-malformed': {
    on: 'stand-in',
    open: (stage) =>
      troubled(
        stage,
        /GET workflows/,
        { raw: '<html>Welcome to the hotel</html>' },
        '/controls',
        'Something else answered',
      ),
  },
  'create-crash': {
    on: 'stand-in',
    open: async (stage) => {
      const broken = { body: { workflow: 'sketch.json', fields: [null], groups: [], problems: [] } };
      await troubled(stage, / api\/workflows\/.*form/, broken, '/controls', 'This page ran into a mistake of ours');
    },
  },
  'create-busy': {
    on: 'stand-in',
    open: async (stage) => {
      stage.server.troubles.add(/POST api\/queue/, {
        ...refusal(429, 'too_many', 'Too many requests.'),
        headers: { 'retry-after': '7' },
      });
      await create(stage, '');
      await stage.page.getByRole('button', { name: 'Run', exact: true }).click();
      await stage.page.getByText('Try again in 7 seconds.').waitFor();
    },
  },
  'create-hostile': { on: 'stand-in', open: hostile },
  'create-none': {
    on: 'stand-in',
    open: (stage) =>
      troubled(stage, /GET workflows/, { body: { workflows: [], items: [] } }, '/controls', 'No workflows yet'),
  },
  'runs-none': { on: 'stand-in', open: async (stage) => void (await openRuns(stage)) },
  'home-gone': {
    on: 'stand-in',
    open: (stage) => troubled(stage, / (api|workflows)/, GONE, '/studio', 'Trying again…'),
  },
  'home-empty': {
    on: 'stand-in',
    open: async (stage) => {
      stage.server.troubles.add(/GET api\/gallery/, { body: EMPTY });
      await troubled(stage, /GET workflows/, { body: { workflows: [], items: [] } }, '/studio', 'No workflows yet');
    },
  },
  'gallery-empty': {
    on: 'stand-in',
    open: (stage) => troubled(stage, /GET api\/gallery/, { body: EMPTY }, '/gallery', 'No pictures yet'),
  },
  'gallery-gone': {
    on: 'stand-in',
    open: (stage) => troubled(stage, /GET api\/gallery/, GONE, '/gallery', 'That did not work'),
  },
  account: { on: 'stand-in', open: account },
  'account-pair': {
    on: 'stand-in',
    open: async (stage) => {
      await account(stage);
      await stage.page.getByRole('button', { name: 'Show a code' }).click();
      await stage.page.getByText('7K4QM2XW').waitFor();
    },
  },
  'account-token': {
    on: 'stand-in',
    open: async (stage) => {
      await account(stage);
      await stage.page.getByRole('button', { name: 'New token' }).click();
      await stage.page.getByRole('dialog').waitFor();
    },
  },
  login: { on: 'stand-in', open: (stage) => signedOut(stage, 'gallery') },
  'login-ended': { on: 'stand-in', open: (stage) => signedOut(stage, '', true) },
  'login-wrong': {
    on: 'stand-in',
    open: async (stage) => {
      await signedOut(stage, 'gallery');
      stage.server.troubles.add(/POST api\/login/, refusal(401, 'wrong_login', 'The name or the password is wrong.'));
      await stage.page.getByLabel('User name').fill('ada');
      await stage.page.getByLabel('Password', { exact: true }).fill('guess');
      await stage.page.getByRole('button', { name: 'Sign in' }).click();
      await stage.page.getByRole('alert').waitFor();
    },
  },
  missing: { on: 'stand-in', open: (stage) => at(stage, '/nowhere', 'There is no such page') },
};

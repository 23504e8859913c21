// Takes a picture of every page and state, on a phone and on a desktop, in both themes, and asks axe about each:
// `npm run screens [-- WORDS]` writes .build/screens/, of those scenes alone whose name fits the expression WORDS.
import fs from 'node:fs';
import { axe } from './axe.mjs';
import { DESKTOP, launch, PHONE } from './browser.mjs';
import { startDevServer } from './devServer.mjs';
import { startFakeServer } from './fakeServer.mjs';
import { startHouseServer } from './houseServer.mjs';
import { furnish } from './furnish.mjs';
import { scenes } from './scenes.mjs';

const OUT = new URL('../../.build/screens/', import.meta.url).pathname;
const only = new RegExp(process.argv[2] ?? '');
const SIZES = { phone: { ...PHONE, deviceScaleFactor: 1 }, desktop: DESKTOP };
const THEMES = /** @type {const} */ (['dark', 'light']);

const browser = await launch();
const standIn = await startFakeServer({ total: 1204 });
const house = await startHouseServer();
if (!house) throw new Error('The server is not built: make core app samples');
const wanted = Object.keys(scenes).filter((name) => only.test(name));
const on = (/** @type {string} */ place) => wanted.some((name) => scenes[name]?.on === place);
if (on('house')) await furnish(house.url);
const dev = on('dev') ? await startDevServer(standIn.url) : null;
fs.mkdirSync(OUT, { recursive: true });
/** @type {string[]} */
const wrong = [];

/** @param {string} name @param {keyof typeof SIZES} size */
async function take(name, size) {
  const scene = scenes[name];
  if (!scene || (scene.only && scene.only !== size)) return;
  const context = await browser.newContext({ ...SIZES[size], colorScheme: 'dark' });
  const page = await context.newPage();
  page.setDefaultTimeout(12_000);
  const url = { house: house?.url, dev: dev?.url, 'stand-in': standIn.url }[scene.on] ?? '';
  standIn.troubles.calm();
  standIn.forget();
  try {
    await scene.open({ page, url, phone: size === 'phone', server: standIn });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await page.waitForTimeout(scene.settle ?? 350);
      await page.screenshot({ path: `${OUT}${name}-${size}-${theme}.png` });
      await axe(page, `${name}, ${size}, ${theme}`);
    }
    console.log(`ok    ${name}, ${size}`);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    wrong.push(`${name}, ${size}: ${words}`);
    console.log(`FAIL  ${name}, ${size}: ${words.slice(0, 900)}`);
    await page.screenshot({ path: `${OUT}fail-${name}-${size}.png` });
  }
  await context.close();
}

for (const name of wanted) for (const size of /** @type {const} */ (['phone', 'desktop'])) await take(name, size);
await browser.close();
standIn.close();
house.close();
await dev?.close();
process.exit(wrong.length > 0 ? 1 : 0);

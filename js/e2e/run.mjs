// Walks every journey in headless Chromium, on a phone and on a desktop: against a stand-in with a library of
// any size, and against the real server with its samples where that is built.
// COZYGEN_URL=http://…/cozygen/ walks that server instead. `npm run e2e -- WORDS` walks those whose name fits the expression WORDS.
import { backJourneys } from './backJourneys.mjs';
import { badFileJourneys } from './badFileJourneys.mjs';
import { DESKTOP, launch, PHONE } from './browser.mjs';
import { startFakeServer } from './fakeServer.mjs';
import { formJourneys } from './formJourneys.mjs';
import { galleryJourneys } from './galleryJourneys.mjs';
import { startHouseServer } from './houseServer.mjs';
import { journeys } from './journeys.mjs';
import { keptJourneys } from './keptJourneys.mjs';
import { libraryJourneys } from './libraryJourneys.mjs';
import { newsJourneys } from './newsJourneys.mjs';
import { runJourneys } from './runJourneys.mjs';
import { shellJourneys } from './shellJourneys.mjs';
import { troubleJourneys } from './troubleJourneys.mjs';
import { viewerJourneys } from './viewerJourneys.mjs';

const only = new RegExp(process.argv[2] ?? '');
Object.assign(
  journeys,
  formJourneys,
  galleryJourneys,
  libraryJourneys,
  badFileJourneys,
  runJourneys,
  shellJourneys,
  troubleJourneys,
  newsJourneys,
  viewerJourneys,
  keptJourneys,
  backJourneys,
);
const browser = await launch();
let failed = 0;

/**
 * Refusals that the app shows in its own words: values that cannot be used, files that are no pictures, thumbnails
 * that cannot be made, values and aliases that another device changed.
 * @param {import('playwright-core').ConsoleMessage} message
 */
const isAnswered = (message) =>
  /\/(thumb|preview|media\/[^?]*|upload_image|api\/queue|api\/form_values\/[^?]*|api\/alias_import|api\/aliases\/[^?]*)(\?|$)/.test(
    message.location().url,
  );

/**
 * @typedef {{ target: string, url: string, standIn: Awaited<ReturnType<typeof startFakeServer>> | null, size: string,
 *   options: import('playwright-core').BrowserContextOptions, name: string, output?: string }} Step
 *   `output`: the server's own folder of pictures, where it is at hand
 */

/** @param {Step} step @returns {Promise<string | null>} what went wrong, in a browser of its own */
async function walkOnce({ url, standIn, size, options, name, output }) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  const expected = (/** @type {import('playwright-core').ConsoleMessage} */ m) =>
    isAnswered(m) ||
    ((name in troubleJourneys || name in backJourneys) && m.text().startsWith('Failed to load resource')) ||
    (name.startsWith('a page that breaks') && m.text().startsWith('TypeError'));
  page.on(
    'console',
    (m) => m.type() === 'error' && !expected(m) && complaints.push(`${m.text()} (${m.location().url})`),
  );
  try {
    await journeys[name]?.({ page, url, phone: size === 'phone', server: standIn, output });
    return complaints.length > 0 ? `the console complains: ${complaints.join(' | ')}` : null;
  } catch (error) {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/fail-${size}-${Date.now()}.png` });
    return error instanceof Error ? error.message : String(error);
  } finally {
    await context.close();
  }
}

/**
 * A journey that fails is walked once more and named: a browser on a busy machine misses a deadline now and then,
 * a defect fails twice.
 * @param {Step} step
 */
async function walkOne(step) {
  const title = `${step.target}, ${step.size}: ${step.name}`;
  const first = await walkOnce(step);
  if (first === null) return console.log(`ok    ${title}`);
  console.log(`again ${title}\n${first}`);
  const second = await walkOnce(step);
  if (second === null) return console.log(`ok    ${title} (the second time)`);
  failed += 1;
  return console.log(`FAIL  ${title}\n${second}`);
}

/**
 * @param {string} target
 * @param {string} url
 * @param {Awaited<ReturnType<typeof startFakeServer>> | null} standIn
 * @param {string} [output]
 */
async function walkAll(target, url, standIn, output) {
  for (const [size, options] of Object.entries({ phone: PHONE, desktop: DESKTOP }))
    for (const name of Object.keys(journeys))
      if (only.test(name)) await walkOne({ target, url, standIn, size, options, name, output });
}

if (process.env.COZYGEN_URL) {
  await walkAll('server', process.env.COZYGEN_URL, null);
} else {
  const standIn = await startFakeServer({ total: 1204 });
  await walkAll('stand-in', standIn.url, standIn);
  standIn.close();
  const house = await startHouseServer();
  if (house) await walkAll('server', house.url, null, house.output);
  else console.log('The real server is not built (make core samples): its journeys were not walked.');
  house?.close();
}
await browser.close();
process.exit(failed > 0 ? 1 : 0);

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
  /\/(thumb|media\/[^?]*|upload_image|api\/queue|api\/form_values\/[^?]*|api\/alias_import|api\/aliases\/[^?]*)(\?|$)/.test(
    message.location().url,
  );

/**
 * @param {string} target
 * @param {string} url
 * @param {Awaited<ReturnType<typeof startFakeServer>> | null} standIn
 * @param {string} size
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {string} name
 * @param {string} [output] the server's own folder of pictures, where it is at hand
 */
async function walkOne(target, url, standIn, size, options, name, output) {
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
  page.on('console', (m) => m.type() === 'error' && !expected(m) && complaints.push(m.text()));
  try {
    await journeys[name]?.({ page, url, phone: size === 'phone', server: standIn, output });
    if (complaints.length > 0) throw new Error(`the console complains: ${complaints.join(' | ')}`);
    console.log(`ok    ${target}, ${size}: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${target}, ${size}: ${name}\n${error instanceof Error ? error.message : error}`);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/fail-${size}-${failed}.png` });
  }
  await context.close();
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
      if (only.test(name)) await walkOne(target, url, standIn, size, options, name, output);
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

// Measures what a person waits for, on a processor four times slower and "fast 4G" as Chromium's tools have it:
// the first usable paint of each page from the real server, the longest interaction, and typing in a form of eighty
// fields. A measurement, not a test: `npm run measure` prints what it saw.
import { DESKTOP, launch, PHONE } from './browser.mjs';
import { startFakeServer } from './fakeServer.mjs';
import { startHouseServer } from './houseServer.mjs';

const SLOWER = 4;
const FAST_4G = { offline: false, latency: 165, downloadThroughput: 1_012_500, uploadThroughput: 168_750 };
const TRIES = 5;
/**
 * What has to be on the screen before a page can be used, with its code there to answer a touch. The tiles of the
 * gallery show blurred pictures at first; when the first sharp one is there is measured apart.
 */
const USABLE = {
  studio: '.home-card .button',
  controls: '.form-row textarea',
  gallery: '.tile button',
  'gallery, a sharp picture': '.tile img[data-state=shown]',
};
/** How often a page is opened in one browser: new to it, with what HTTP let it keep, with what the worker keeps. */
const VISITS = /** @type {const} */ (['first', 'again', 'kept']);

/** @param {number[]} all */
const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;

const browser = await launch();
const house = await startHouseServer();
if (!house) throw new Error('The server is not built: make core app samples');
const standIn = await startFakeServer({ total: 1204 });

/** @param {import('playwright-core').BrowserContextOptions} options @param {boolean} [net] */
async function slowPage(options, net = true) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const inspector = await context.newCDPSession(page);
  await inspector.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await inspector.send('Network.enable');
  if (net) await inspector.send('Network.emulateNetworkConditions', FAST_4G);
  return { context, page, inspector };
}

/** @param {import('playwright-core').Page} page until the worker has all files and answers for them */
const waitUntilKept = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
  });

/** @param {string} url @param {keyof typeof USABLE} what @param {(typeof VISITS)[number]} visit */
async function usablePaint(url, what, visit) {
  const { context, page } = await slowPage({ ...PHONE, ...(visit === 'kept' && { serviceWorkers: 'allow' }) });
  await page.addInitScript((selector) => {
    const look = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      look.disconnect();
      // The frame that shows it is drawn, and the thread is free again to answer a touch.
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { usableAt: performance.now() })));
    });
    look.observe(document, { childList: true, subtree: true, attributeFilter: ['data-state'] });
  }, USABLE[what]);
  const open = async () => {
    await page.goto(`${url}#/${what.split(',')[0]}`, { waitUntil: 'commit' });
    await page.waitForFunction(() => 'usableAt' in window, null, { timeout: 20_000, polling: 100 });
    return page.evaluate(() => Number(Reflect.get(window, 'usableAt')));
  };
  let at = await open();
  if (visit === 'kept') await waitUntilKept(page);
  if (visit !== 'first') {
    await page.goto('about:blank');
    at = await open();
  }
  await context.close();
  return at;
}

/** @param {import('playwright-core').Page} page counts frames that came late and how long events took */
const watch = (page) =>
  page.evaluate(() => {
    const seen = { events: /** @type {number[]} */ ([]), tasks: /** @type {number[]} */ ([]) };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => list.getEntries().forEach((e) => seen.events.push(e.duration))).observe({
      type: 'event',
      durationThreshold: 16,
    });
    new PerformanceObserver((list) => list.getEntries().forEach((e) => seen.tasks.push(e.duration))).observe({
      type: 'longtask',
    });
  });

/** @param {import('playwright-core').Page} page @returns {Promise<{ events: number[], tasks: number[] }>} */
const seen = (page) => page.evaluate(() => Reflect.get(window, 'seen'));

async function interactions() {
  const { context, page } = await slowPage(PHONE, false);
  await page.goto(`${house?.url}#/studio`);
  await page.locator(USABLE.studio).waitFor();
  for (const name of ['Create', 'Compose', 'Gallery', 'Library']) {
    await page.getByRole('link', { name, exact: true }).tap(); // the second time counts: its code is there
    await page.waitForTimeout(900);
  }
  /** @type {[string, () => Promise<void>][]} */
  const steps = [
    ['Create', () => page.getByRole('link', { name: 'Create', exact: true }).tap()],
    ['a step', () => page.getByRole('button', { name: 'More: Steps' }).tap()],
    ['a slider opens', () => page.getByRole('button', { name: 'Slider of Width' }).tap()],
    ['the picker', () => page.locator('.workflow-name').tap()],
    ['closed again', () => page.getByRole('button', { name: 'Close' }).last().tap()],
    ['runs', () => page.getByRole('button', { name: /^Runs/ }).tap()],
    ['closed', () => page.getByRole('button', { name: 'Close' }).last().tap()],
    ['Gallery', () => page.getByRole('link', { name: 'Gallery', exact: true }).tap()],
    ['Home', () => page.evaluate(() => void (location.hash = '#/studio'))],
  ];
  for (const [name, act] of steps) {
    await watch(page);
    await act();
    await page.waitForTimeout(900);
    const { events, tasks } = await seen(page);
    const longest = (/** @type {number[]} */ all) => Math.round(Math.max(0, ...all));
    console.log(`interaction, ${name}: ${longest(events)} ms to the next paint, longest task ${longest(tasks)} ms`);
  }
  await context.close();
}

/** @param {string} size @param {import('playwright-core').BrowserContextOptions} options */
async function typing(size, options) {
  const { context, page, inspector } = await slowPage(options, false);
  await inspector.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(() =>
    localStorage.setItem('cozygen.forms', JSON.stringify({ workflow: 'tests/eighty fields.json' })),
  );
  await page.goto(`${standIn.url}#/controls`);
  await page.locator('.form-row').nth(79).waitFor();
  await page.waitForTimeout(1500);
  const work = async () => {
    const { metrics } = await inspector.send('Performance.getMetrics');
    return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0);
  };
  for (const [what, label] of /** @type {const} */ ([
    ['a text', 'Note 4'],
    ['the prompt, with suggestions', 'Prompt'],
  ])) {
    const field = page.getByLabel(label, { exact: true });
    await field.click();
    await watch(page);
    const before = await work();
    const text = 'a calm lake at evening, reeds, low sun over hills';
    await field.pressSequentially(text, { delay: 60 });
    const cost = ((await work()) - before) / text.length;
    const { events, tasks } = await seen(page);
    const over = tasks.filter((ms) => ms > 50).length;
    console.log(
      `typing in ${what} among 80 fields, ${size}: ${cost.toFixed(1)} ms of work a key, slowest key ${Math.round(Math.max(0, ...events))} ms, ${over} tasks over 50 ms`,
    );
  }
  await context.close();
}

const [, , part, visits = VISITS.join()] = process.argv;
if (!part || part === 'paint')
  for (const visit of VISITS.filter((each) => visits.split(',').includes(each)))
    for (const what of /** @type {(keyof typeof USABLE)[]} */ (Object.keys(USABLE))) {
      const all = [];
      for (let i = 0; i < TRIES; i++) all.push(await usablePaint(house.url, what, visit));
      console.log(
        `usable paint of ${what}, ${visit}: ${Math.round(median(all))} ms (${all.map(Math.round).join(', ')})`,
      );
    }
if (!part || part === 'touch') await interactions();
if (!part || part === 'type') {
  await typing('phone', PHONE);
  await typing('desktop', DESKTOP);
}
await browser.close();
standIn.close();
house.close();
process.exit(0);

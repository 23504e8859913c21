// Measures F13: the longest main-thread task while 100,000 tiles are scrolled, and its work. A measurement, not a test:
// `node e2e/scroll.mjs` prints what it saw.
import { launch, PHONE } from './browser.mjs';
import { startFakeServer } from './fakeServer.mjs';

const standIn = await startFakeServer({ total: 100_000 });
const browser = await launch();
const page = await (await browser.newContext(PHONE)).newPage();
await page.goto(`${standIn.url}#/gallery`);
await page.locator('.tile img[data-state=shown]').first().waitFor();
await page.waitForTimeout(1500);
await page.evaluate(() => {
  const seen = /** @type {number[]} */ (/** @type {any} */ (globalThis).longTasks = []);
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => seen.push(entry.duration))).observe({
    type: 'longtask',
  });
});

// Work of the main thread itself: on a busy machine a task is long because it waits.
const inspector = await page.context().newCDPSession(page);
await inspector.send('Performance.enable', { timeDomain: 'threadTicks' });
const WORK = ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];

/** Milliseconds of work so far: all, script, layout, style. */
async function worked() {
  const { metrics } = await inspector.send('Performance.getMetrics');
  return WORK.map((name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0));
}

/** @param {string} name @param {number} step px a frame @param {number} frames */
async function fling(name, step, frames) {
  await page.evaluate(() => void (/** @type {any} */ (globalThis.longTasks.length = 0)));
  const before = await worked();
  const slowest = await page.evaluate(
    ([by = 0, count = 0]) =>
      new Promise((resolve) => {
        const grid = /** @type {HTMLElement} */ (document.querySelector('.grid'));
        let left = count;
        let worst = 0;
        let last = performance.now();
        const tick = (/** @type {number} */ now) => {
          worst = Math.max(worst, now - last);
          last = now;
          grid.scrollTop += by;
          left -= 1;
          if (left > 0) requestAnimationFrame(tick);
          else resolve(worst);
        };
        requestAnimationFrame(tick);
      }),
    [step, frames],
  );
  const [all, script, layout, style] = (await worked()).map((ms, i) => ((ms - (before[i] ?? 0)) / frames).toFixed(2));
  await page.waitForTimeout(600);
  const tasks = await page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).longTasks).slice());
  console.log(
    `${name}: ${tasks.length} tasks over 50 ms (longest ${Math.round(Math.max(0, ...tasks))} ms), slowest frame ${Math.round(Number(slowest))} ms; work a frame ${all} ms: script ${script}, layout ${layout}, style ${style}`,
  );
}

await fling('reading, 30 px a frame', 30, 300);
await fling('scrolling, 120 px a frame', 120, 300);
await fling('flinging, 600 px a frame', 600, 300);
await fling('flying, 3000 px a frame', 3000, 300);
await browser.close();
standIn.close();
process.exit(0);

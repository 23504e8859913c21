// What a trace of Chromium says of tasks and frames.

/** @import { Browser, Page } from 'playwright-core' */
/** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, id2?: { local?: string }, args?: any }} TraceEvent */

const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'cc',
  'benchmark',
  'blink.user_timing',
  '__metadata',
];
/** States of a frame that nobody saw though something was to be seen. */
const MISSED = 'STATE_DROPPED';
const SEEN = new Set(['STATE_PRESENTED_ALL', 'STATE_PRESENTED_PARTIAL']);

/**
 * @param {TraceEvent[]} events
 * @param {number} pid
 * @returns {number | undefined} the main thread of the page
 */
const mainThread = (events, pid) =>
  events.find(({ name, pid: of, args }) => name === 'thread_name' && of === pid && args.name === 'CrRendererMain')?.tid;

/** @param {TraceEvent[]} events the process that marked what was measured */
const pageProcess = (events) => events.find(({ name }) => name === 'measured')?.pid ?? -1;

/**
 * What happened while something was done.
 * @param {Browser} browser
 * @param {Page} page
 * @param {() => Promise<unknown>} act
 * @returns {Promise<{ wall: number[], cpu: number[], shown: number, dropped: number, longest: string }>} durations of main-thread tasks in
 *   ms by the clock and by the processor, frames that were shown and that were dropped, and what the longest task was
 */
export async function traced(browser, page, act) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.evaluate(() => void performance.mark('measured'));
  await act();
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()));
  const events = /** @type {TraceEvent[]} */ (traceEvents);
  const pid = pageProcess(events);
  const tid = mainThread(events, pid);
  const own = events.filter((event) => event.pid === pid);
  const tasks = own.filter(({ name, tid: of, ph }) => of === tid && ph === 'X' && /RunTask$/.test(name));
  const frames = own.filter(({ name, ph }) => name === 'PipelineReporter' && ph === 'b');
  const states = frames.map(({ args }) => args?.chrome_frame_reporter ?? args?.frame_reporter ?? {});
  const worst = tasks.toSorted((a, b) => (b.dur ?? 0) - (a.dur ?? 0))[0];
  const within = own.filter(
    ({ tid: of, ts, dur = 0, ph }) =>
      of === tid && ph === 'X' && worst && ts > worst.ts && ts + dur <= worst.ts + (worst.dur ?? 0),
  );
  const parts = within.toSorted((a, b) => (b.dur ?? 0) - (a.dur ?? 0)).slice(0, 3);
  return {
    wall: tasks.map(({ dur = 0 }) => dur / 1000),
    cpu: tasks.map(({ tdur = 0 }) => tdur / 1000),
    shown: states.filter(({ state }) => SEEN.has(state)).length,
    dropped: states.filter(({ state, affects_smoothness: rough }) => state === MISSED && rough).length,
    longest: parts.map(({ name, dur = 0 }) => `${name} ${Math.round(dur / 1000)}`).join(', '),
  };
}

/** @param {number[]} all @param {number} share */
export const at = (all, share) => all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) * share)] ?? Number.NaN;

/** @param {number[]} all median, 95th of a hundred and worst, in words */
export const spread = (all) =>
  `p50 ${at(all, 0.5).toFixed(0)}, p95 ${at(all, 0.95).toFixed(0)}, worst ${at(all, 1).toFixed(0)} ms of ${all.length}`;

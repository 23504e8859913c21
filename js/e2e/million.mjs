// Measures the gallery over a million items: jumping to any date, scrolling with real gestures, memory afterwards.
// `node e2e/million.mjs [jump|scroll|memory] [URL] [MINUTES]`: against the stand-in, or against a server at URL.
import fs from 'node:fs';
import { DESKTOP, launch, PHONE } from './browser.mjs';
import { startFakeServer } from './fakeServer.mjs';
import { spread, traced } from './trace.mjs';

/** @import { CDPSession, Page } from 'playwright-core' */

const [what = 'all', address = '', minutes = '10'] = process.argv.slice(2);
const JUMPS = 24;
/** Time for the server to make the thumbnails of one place, before the next is asked for. */
const LOOK_MS = 1400;
const standIn = address ? null : await startFakeServer({ total: 1_000_000 });
const url = address || (standIn?.url ?? '');
const browser = await launch();

/** @param {import('playwright-core').BrowserContextOptions} options */
async function openGallery(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${url}#/gallery`);
  await page.locator('.tile img[data-state=shown]').first().waitFor();
  await page.getByRole('slider', { name: 'Date' }).waitFor({ state: 'attached', timeout: 60_000 });
  await page.waitForTimeout(1500);
  return { context, page, session: await context.newCDPSession(page) };
}

/** @param {Page} page notes when what the handle leads to is on the screen: its tiles, and its thumbnails */
const watchJumps = (page) =>
  page.evaluate(() => {
    const seen = { tiles: /** @type {number[]} */ ([]), pictures: /** @type {number[]} */ ([]) };
    let moved = 0;
    let was = '';
    Object.assign(window, { seen });
    addEventListener('pointermove', ({ timeStamp }) => {
      moved = timeStamp;
      was = document.querySelector('.tile')?.id ?? '';
      seen.tiles.push(Number.NaN);
      seen.pictures.push(Number.NaN);
    });
    const look = (/** @type {number} */ now) => {
      requestAnimationFrame(look);
      if (moved === 0 || document.querySelector('.tile')?.id === was) return;
      const box = document.querySelector('.grid')?.getBoundingClientRect();
      if (!box) return;
      const inside = [...document.querySelectorAll('.tile')].filter((tile) => {
        const { top, bottom } = tile.getBoundingClientRect();
        return bottom > box.top && top < box.bottom;
      });
      const last = seen.tiles.length - 1;
      if (Number.isNaN(seen.tiles[last]) && inside.every((tile) => tile.querySelector('button')))
        seen.tiles[last] = now - moved;
      if (!inside.every((tile) => tile.querySelector('img[data-state=shown]'))) return;
      seen.pictures[last] = now - moved;
      moved = 0;
    };
    requestAnimationFrame(look);
  });

/** @param {string} size @param {import('playwright-core').BrowserContextOptions} options */
async function jumps(size, options) {
  const { context, page, session } = await openGallery(options);
  const handle = page.getByRole('slider', { name: 'Date' });
  await page.locator('.grid').evaluate((el) => el.scrollBy(0, 40));
  await page.waitForTimeout(250);
  const from = await handle.boundingBox();
  const grid = await page.locator('.grid').boundingBox();
  if (!from || !grid) throw new Error('no handle');
  const x = from.x + from.width - 12;
  const phone = Boolean(options.hasTouch);
  const touch = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number[]} */ ys) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: ys.map((y) => ({ x, y })) });
  if (phone) await touch('touchStart', [from.y + 22]);
  else {
    await page.mouse.move(x, from.y + 22);
    await page.mouse.down();
  }
  await watchJumps(page);
  for (let i = 0; i < JUMPS; i++) {
    const y = grid.y + 30 + (grid.height - 60) * ((i * 0.618) % 1);
    if (phone) await touch('touchMove', [y]);
    else await page.mouse.move(x, y);
    await page.waitForTimeout(LOOK_MS);
  }
  const seen = await page.evaluate(() => Reflect.get(window, 'seen'));
  const known = (/** @type {number[]} */ all) => all.filter((ms) => typeof ms === 'number' && !Number.isNaN(ms));
  console.log(`jump, ${size}: tiles ${spread(known(seen.tiles))}; thumbnails ${spread(known(seen.pictures))}`);
  await context.close();
}

/** @param {CDPSession} session @param {number} distance px down @param {number} speed px a second */
const gesture = (session, distance, speed) =>
  session.send('Input.synthesizeScrollGesture', {
    x: 190,
    y: 420,
    yDistance: -distance,
    speed,
    gestureSourceType: 'mouse', // a touch that is made this way scrolls nothing in headless Chromium
  });

/** @param {string} size @param {import('playwright-core').BrowserContextOptions} options */
async function scrolls(size, options) {
  for (const [name, speed, distance] of /** @type {const} */ ([
    ['reading', 800, 6000],
    ['scrolling', 4000, 30_000],
    ['flinging', 12_000, 80_000],
  ])) {
    const { context, page, session } = await openGallery(options);
    const { wall, cpu, shown, dropped, longest } = await traced(browser, page, () => gesture(session, distance, speed));
    const passed = await page.locator('.grid').evaluate((el) => el.scrollTop);
    if (passed < distance / 2) throw new Error(`only ${passed} px were scrolled`);
    const over = (/** @type {number[]} */ all) => all.filter((ms) => ms > 50).length;
    const most = (/** @type {number[]} */ all) => Math.max(0, ...all).toFixed(1);
    console.log(
      `${name} at ${speed} px/s, ${size}: tasks over 50 ms: ${over(wall)} by the clock (longest ${most(wall)}), ${over(cpu)} by the processor (longest ${most(cpu)}); ${dropped} of ${shown + dropped} frames dropped; in the longest: ${longest}`,
    );
    await context.close();
  }
}

/**
 * Private memory of a process, MB: its own, and the decoded pictures and bitmaps that Chromium keeps in mapped files and
 * gives back when memory is short.
 * @param {number} pid
 */
function privateMemory(pid) {
  let mapped = false;
  const sum = { own: 0, pictures: 0 };
  for (const line of fs.readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) mapped = /\/dev\/shm|memfd|\.org\.chromium/.test(line);
    const kilobytes = Number(/^Private_(?:Clean|Dirty):\s+(\d+)/.exec(line)?.[1] ?? 0);
    sum[mapped ? 'pictures' : 'own'] += kilobytes / 1024;
  }
  return sum;
}

async function rendererPids() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** @param {string} size @param {import('playwright-core').BrowserContextOptions} options */
async function memory(size, options) {
  const { context, page, session } = await openGallery(options);
  await session.send('Performance.enable');
  const tell = async (/** @type {string} */ when) => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    const all = (await rendererPids()).map(privateMemory).toSorted((a, b) => b.own + b.pictures - a.own - a.pictures);
    const { own, pictures } = all[0] ?? { own: 0, pictures: 0 };
    const row = await page.evaluate(() => document.querySelector('[role=row]')?.getAttribute('aria-rowindex'));
    console.log(
      `memory, ${size}, ${when}: process ${own.toFixed(0)} MB of its own and ${pictures.toFixed(0)} MB of decoded pictures, JS ${(of('JSHeapUsedSize') / 1e6).toFixed(0)} MB, ${of('Nodes')} nodes, row ${row}`,
    );
  };
  await tell('at the start');
  const end = Date.now() + Number(minutes) * 60_000;
  let turn = 0;
  while (Date.now() < end) {
    await gesture(session, 24_000, 3000 + 1500 * (turn % 3));
    turn += 1;
    if (turn % 12 === 0) await tell(`turn ${turn}`);
  }
  await tell(`after ${minutes} min`);
  await page.waitForTimeout(35_000);
  await session.send('HeapProfiler.collectGarbage');
  await tell('35 s later');
  await context.close();
}

for (const [size, options] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  if (what === 'all' || what === 'jump') await jumps(size, options);
  if (what === 'all' || what === 'scroll') await scrolls(size, options);
  if (what === 'memory' && size === 'phone') await memory(size, options);
}
await browser.close();
standIn?.close();
process.exit(0);

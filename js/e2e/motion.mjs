// Measures what moves under a finger: how soon the next picture is seen, and the frames of swipe, zoom and sheets on a
// processor four times slower. `node e2e/motion.mjs` prints what it saw on the real server's samples.
import { DESKTOP, launch, PHONE } from './browser.mjs';
import { startHouseServer } from './houseServer.mjs';
import { finger } from './touch.mjs';
import { at, spread, traced } from './trace.mjs';

/** @import { Page } from 'playwright-core' */

const SLOWER = 4;
const house = await startHouseServer();
if (!house) throw new Error('The server is not built: make core app samples');
const browser = await launch();

/** @param {import('playwright-core').BrowserContextOptions} options */
async function openViewer(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${house?.url}#/gallery?kind=image`);
  await page.locator('.tile img[data-state=shown]').first().waitFor();
  await page.waitForTimeout(1500);
  await page.locator('.tile button').nth(1).click();
  await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
  await page.waitForTimeout(1500);
  return { context, page, session: await context.newCDPSession(page) };
}

/** @param {Page} page for every arrow key when another picture, sharp or small, stands in the middle */
const watchKeys = (page) =>
  page.evaluate(() => {
    const took = /** @type {number[]} */ ([]);
    Object.assign(window, { took });
    let pressed = 0;
    let was = '';
    const inMiddle = () => {
      const holder = document.querySelector('.pswp__item:not([aria-hidden=true])');
      const pictures = [...(holder?.querySelectorAll('img') ?? [])].filter(
        (img) => img.complete && img.naturalWidth > 1,
      );
      const seen = pictures.find((img) => {
        const { left, right } = img.getBoundingClientRect();
        return left < innerWidth / 2 && right > innerWidth / 2;
      });
      return seen ? (holder?.querySelector('img.pswp__img:last-child')?.getAttribute('alt') ?? '') + seen.src : '';
    };
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        pressed = timeStamp;
        was = inMiddle();
      },
      true,
    );
    const look = (/** @type {number} */ now) => {
      requestAnimationFrame(look);
      const is = pressed > 0 ? inMiddle() : '';
      if (!is || is === was) return;
      took.push(now - pressed);
      pressed = 0;
    };
    requestAnimationFrame(look);
  });

/** @param {string} size @param {import('playwright-core').BrowserContextOptions} options */
async function next(size, options) {
  for (const pause of [900, 250]) {
    const { context, page } = await openViewer(options);
    await watchKeys(page);
    for (let i = 0; i < 24; i++) {
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(pause);
    }
    const took = /** @type {number[]} */ (await page.evaluate(() => Reflect.get(window, 'took')));
    console.log(`next picture, a key every ${pause} ms, ${size}: ${spread(took)}`);
    await context.close();
  }
}

const middle = { x: 195, y: 400 };
/** @type {Record<string, (page: Page) => Promise<void>>} */
const MOVES = {
  'swipe to the next picture': async (page) => {
    const touch = await finger(page);
    for (let i = 0; i < 4; i++) {
      await touch.drag({ x: 330, y: 400 }, { x: 60, y: 400 });
      await touch.lift();
      await page.waitForTimeout(600);
    }
  },
  'pinch zoom': async (page) => {
    const touch = await finger(page);
    for (let i = 0; i < 3; i++) {
      await touch.pinch(middle, 80, 300);
      await page.waitForTimeout(400);
      await touch.pinch(middle, 300, 60);
      await page.waitForTimeout(500);
    }
  },
  'sheet of details': async (page) => {
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('i');
      await page.waitForTimeout(500);
    }
  },
};

/** @param {string} name @param {(page: Page) => Promise<void>} move @param {number} slower */
async function smooth(name, move, slower) {
  const { context, page, session } = await openViewer(PHONE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.waitForTimeout(800);
  const { shown, dropped, wall, cpu, longest } = await traced(browser, page, () => move(page));
  console.log(
    `${name}, ${slower} times slower: ${dropped} of ${shown + dropped} frames dropped; longest task ${at(wall, 1).toFixed(0)} ms by the clock, ${at(cpu, 1).toFixed(0)} ms by the processor (${longest})`,
  );
  await context.close();
}

await next('phone', PHONE);
await next('desktop', DESKTOP);
for (const slower of [1, SLOWER]) for (const [name, move] of Object.entries(MOVES)) await smooth(name, move, slower);
await browser.close();
house.close();
process.exit(0);

// A finger, as Chromium's own protocol moves it: Playwright itself only taps.

/**
 * @typedef {{ x: number, y: number, id?: number }} Point
 * @param {import('playwright-core').Page} page
 */
export async function finger(page) {
  const session = await page.context().newCDPSession(page);
  const send = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {Point[]} */ touchPoints) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    /** Puts the finger down, rests for `hold` ms, moves in steps, and leaves it there. @param {Point} from @param {Point} to @param {number} [hold] */
    async drag(from, to, hold = 0) {
      await send('touchStart', [from]);
      if (hold > 0) await page.waitForTimeout(hold);
      for (let step = 1; step <= 12; step++) {
        const part = step / 12;
        await send('touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
        await page.waitForTimeout(12);
      }
    },
    /** Moves the finger that is down on. @param {Point[]} way */
    async along(way) {
      for (const point of way) {
        await send('touchMove', [point]);
        await page.waitForTimeout(24);
      }
    },
    /** Two fingers side by side, `from` px apart, then `to` px apart. @param {Point} at @param {number} from @param {number} to */
    async pinch({ x, y }, from, to) {
      const pair = (/** @type {number} */ apart) => [
        { x: x - apart / 2, y, id: 0 },
        { x: x + apart / 2, y, id: 1 },
      ];
      await send('touchStart', pair(from));
      for (let step = 1; step <= 12; step++) {
        await send('touchMove', pair(from + ((to - from) * step) / 12));
        await page.waitForTimeout(16);
      }
      await send('touchEnd', []);
    },
    lift: () => send('touchEnd', []),
  };
}

/** @param {import('playwright-core').Locator} of @returns {Promise<Point>} */
export async function middle(of) {
  const box = await of.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

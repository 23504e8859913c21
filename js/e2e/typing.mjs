// How long a suggestion takes from the key to the screen: `node e2e/typing.mjs URL` types into Compose of a server
// with a large tag list, as a person does, and says when the list for those very letters was painted.
import { DESKTOP, launch, PHONE } from './browser.mjs';

const url = process.argv[2] ?? 'http://127.0.0.1:8189/cozygen/';
const TEXTS = [
  'blue eyes, ',
  'long hair, ',
  'looking at viewer, ',
  'hatsune miku, ',
  'saber, ',
  'school uniform, ',
  'night sky, ',
  'holding sword, ',
  'white dress, ',
  'genshin impact, ',
];
const KEY_MS = 130;

/** @param {number[]} sorted @param {number} share */
const at = (sorted, share) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;

/** @param {import('playwright-core').Page} page notes for every letter when its own suggestions were painted first */
async function watch(page) {
  await page.evaluate(() => {
    /** @type {{ typed: number, words: string }[]} */
    const waiting = [];
    /** @type {number[]} */
    const took = [];
    Object.assign(window, { took, asked: 0 });
    /** @type {Map<string, string[]>} what the server answered to which letters */
    const answers = new Map();
    const plain = window.fetch;
    window.fetch = async (...request) => {
      const response = await plain(...request);
      if (!response.url.includes('/tags/search')) return response;
      const { q, items } = await response.clone().json();
      answers.set(
        q,
        items.map((/** @type {{ tag: string }} */ { tag }) => tag.replaceAll('_', ' ')),
      );
      return response;
    };
    const isShown = (/** @type {string} */ letters) => {
      const wanted = answers.get(letters);
      const names = [...document.querySelectorAll('[role=option] .tag-name')].map((name) => name.textContent);
      return wanted !== undefined && wanted.length === names.length && (wanted[0] ?? '').includes(names[0] ?? '');
    };
    const words = (/** @type {HTMLTextAreaElement} */ field) =>
      (field.value.slice(0, field.selectionStart).split(',').at(-1) ?? '').trim().toLowerCase();
    addEventListener(
      'keydown',
      ({ key, timeStamp, target }) => {
        if (!(target instanceof HTMLTextAreaElement) || key.length > 1) return;
        waiting.length = 0; // overtaken before it was answered: the next letter counts
        const next = words(target) + key;
        if (next.trim().length > 1 && key !== ' ' && key !== ',') {
          waiting.push({ typed: timeStamp, words: next.trim() });
          Reflect.set(window, 'asked', Reflect.get(window, 'asked') + 1);
        }
      },
      true,
    );
    // A frame that begins with the list in the document has painted it when the next one begins.
    const look = (/** @type {number} */ now) => {
      const [first] = waiting;
      if (first && isShown(first.words)) {
        took.push(now - first.typed);
        waiting.length = 0;
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

const browser = await launch();
for (const [size, options] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${url}#/compose`);
  await page.locator('.prompt-text textarea').waitFor({ state: 'attached' });
  if (size === 'phone') await page.getByRole('button', { name: 'Text' }).click();
  const prompt = page.locator('.prompt-text textarea');
  await prompt.fill('');
  await watch(page);
  for (const text of TEXTS) await prompt.pressSequentially(text, { delay: KEY_MS });
  const { took, asked } = await page.evaluate(() => ({
    took: /** @type {number[]} */ (Reflect.get(window, 'took')),
    asked: Number(Reflect.get(window, 'asked')),
  }));
  took.sort((a, b) => a - b);
  const figures = [0.5, 0.9, 0.95, 1].map((share) => at(took, share)).join(' / ');
  console.log(`${size}: ${took.length} of ${asked} keys, p50 / p90 / p95 / worst ms from key to paint: ${figures}`);
  await context.close();
}
await browser.close();

// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { copyText } from './clipboard.js';

const withClipboard = (/** @type {unknown} */ clipboard) =>
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });

/** @param {boolean} works */
function oldWay(works) {
  const copy = vi.fn(() => works);
  Object.defineProperty(document, 'execCommand', { value: copy, configurable: true });
  return copy;
}

afterEach(() => withClipboard(undefined));

it('is told true only when the clipboard took the text', async () => {
  const writeText = vi.fn(async () => undefined);
  withClipboard({ writeText });
  expect(await copyText('a lake')).toBe(true);
  expect(writeText).toHaveBeenCalledWith('a lake');
});

it('works the old way where the page has no clipboard, as on plain http', async () => {
  const copy = oldWay(true);
  expect(await copyText('a lake')).toBe(true);
  expect(copy).toHaveBeenCalledWith('copy');
  expect(document.querySelector('textarea')).toBeNull();
});

it('tries the old way where the clipboard is forbidden', async () => {
  withClipboard({ writeText: () => Promise.reject(new DOMException('denied', 'NotAllowedError')) });
  oldWay(true);
  expect(await copyText('a lake')).toBe(true);
});

it('says so when nothing worked', async () => {
  oldWay(false);
  expect(await copyText('a lake')).toBe(false);
});

it('gives the place back that had the focus', async () => {
  document.body.innerHTML = '<button>here</button>';
  const button = /** @type {HTMLButtonElement} */ (document.querySelector('button'));
  button.focus();
  oldWay(true);
  await copyText('a lake');
  expect(document.activeElement).toBe(button);
});

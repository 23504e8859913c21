import { expect, it } from 'vitest';
import { linesOf } from './advice.js';

const issue = (/** @type {string} */ message, /** @type {any} */ about) => ({
  code: 'x',
  level: 'warning',
  message,
  start: 0,
  end: 0,
  ...about,
});
const mend = { label: 'Remove', start: 0, end: 1, text: '' };

it('says once what is the matter with several pieces', () => {
  const issues = [
    issue('Not a known tag.', { start: 0, end: 3, level: 'info' }),
    issue('Not a known tag.', { start: 5, end: 8, level: 'info' }),
  ];
  expect(linesOf(issues, 'abc, def').map(({ about }) => about)).toEqual([['abc', 'def']]);
});

it('keeps what can be mended apart, and puts the worst first', () => {
  const issues = [
    issue('Note', { level: 'info' }),
    issue('Twice', { start: 0, end: 1, fix: mend }),
    issue('Twice', { start: 3, end: 4, fix: mend }),
    issue('Broken', { level: 'error' }),
  ];
  expect(linesOf(issues, 'a, a').map(({ message }) => message)).toEqual(['Broken', 'Twice', 'Twice', 'Note']);
});

it('does not repeat the whole prompt when the advice is about all of it', () => {
  expect(linesOf([issue('Too long', { start: 0, end: 6 })], ' abcd ')[0]?.about).toEqual([]);
});

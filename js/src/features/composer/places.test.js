import { expect, it } from 'vitest';
import { parse } from '../../prompt/index.js';
import { caretAfter, insertAtCaret, weighedAt } from './places.js';

const inserted = (/** @type {string} */ text) => {
  const caret = text.indexOf('|');
  return insertAtCaret(parse(text.replace('|', '')), caret, 'new').toString();
};

it.each([
  ['|a, b', 'new, a, b'],
  ['a|, b', 'a, new, b'],
  ['a,| b', 'a, new, b'],
  ['long h|air, b', 'long hair, new, b'],
  ['a, b|', 'a, b, new'],
  ['|', 'new'],
  ['a\n|b', 'a\nnew, b'],
  ['a\nb|', 'a\nb, new'],
  ['a|\nb', 'a, new\nb'],
])('puts a tag into %j', (text, wanted) => {
  expect(inserted(text)).toBe(wanted);
});

it.each([
  ['a, b', 'a, new, b', 6],
  ['a, new, b', 'a, b', 1],
  ['', 'abc', 3],
  ['abc', '', 0],
  ['aa', 'a', 0],
  ['same', 'same', 0],
])('leaves the caret behind what changed from %j to %j', (before, after, caret) => {
  expect(caretAfter(before, after)).toBe(caret);
});

/** `[` and `]` are the ends of the selection, `|` the caret. */
const weighed = (/** @type {string} */ text, /** @type {1 | -1} */ direction) => {
  const [start, end] = text.includes('|')
    ? [text.indexOf('|'), text.indexOf('|')]
    : [text.indexOf('«'), text.indexOf('»') - 1];
  return weighedAt(parse(text.replace(/[|«»]/g, '')), start, end, direction).toString();
};

it.each(
  /** @type {[string, 1 | -1, string][]} */ ([
    ['a, blue |eyes, b', 1, 'a, (blue eyes:1.05), b'],
    ['a, (blue eyes:1.05|), b', 1, 'a, (blue eyes:1.1), b'],
    ['a, (blue eyes:1.05|), b', -1, 'a, blue eyes, b'],
    ['a|, b', -1, '(a:0.95), b'],
    ['a, «b, c», d', 1, 'a, (b:1.05), (c:1.05), d'],
    ['<lora:in|k:0.8>', 1, '<lora:ink:0.85>'],
    ['a BREAK| b', 1, 'a BREAK b'],
    ['|', 1, ''],
  ]),
)('weighs at the caret: %s', (text, direction, wanted) => {
  expect(weighed(text, direction)).toBe(wanted);
});

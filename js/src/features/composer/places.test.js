import { expect, it } from 'vitest';
import { parse } from '../../prompt/index.js';
import { caretAfter, insertAtCaret } from './places.js';

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

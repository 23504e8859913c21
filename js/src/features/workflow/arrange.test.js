import { expect, it } from 'vitest';
import { movedTo, orderedNames } from './arrange.js';

it('puts the wished first and keeps what the wish does not know', () => {
  expect(orderedNames(['a', 'b', 'c'], ['c', 'gone', 'a'])).toEqual(['c', 'a', 'b']);
});

it('moves to any place, and nothing beyond the ends', () => {
  expect(movedTo(['a', 'b', 'c'], 1, 0)).toEqual(['b', 'a', 'c']);
  expect(movedTo(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(movedTo(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(movedTo(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  expect(movedTo([], 0, 0)).toEqual([]);
});

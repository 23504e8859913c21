import { expect, it } from 'vitest';
import { movedBy, orderedNames } from './arrange.js';

it('puts the wished first and keeps what the wish does not know', () => {
  expect(orderedNames(['a', 'b', 'c'], ['c', 'gone', 'a'])).toEqual(['c', 'a', 'b']);
});

it('moves one place, and nothing beyond the ends', () => {
  expect(movedBy(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(movedBy(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(movedBy(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

import { expect, it } from 'vitest';
import { movedTo } from './movedTo.js';

it('moves to any place, up and down', () => {
  expect(movedTo(['a', 'b', 'c'], 1, 0)).toEqual(['b', 'a', 'c']);
  expect(movedTo(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(movedTo(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
});

it.each([
  [1, 1],
  [0, -1],
  [1, 2],
  [-1, 0],
  [7, 0],
])('leaves the list as it is from %i to %i', (from, to) => {
  const list = ['a', 'b'];
  expect(movedTo(list, from, to)).toBe(list);
});

it('has nothing to move in an empty list', () => expect(movedTo([], 0, 0)).toEqual([]));

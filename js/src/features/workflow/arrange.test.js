import { expect, it } from 'vitest';
import { orderedNames } from './arrange.js';

it('puts the wished first and keeps what the wish does not know', () => {
  expect(orderedNames(['a', 'b', 'c'], ['c', 'gone', 'a'])).toEqual(['c', 'a', 'b']);
});

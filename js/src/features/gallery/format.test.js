import { expect, it } from 'vitest';
import { duration } from './format.js';

it.each([
  [0, '0:00'],
  [3.4, '0:03'],
  [61, '1:01'],
  [3723, '1:02:03'],
  [-1, '0:00'],
])('%f seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

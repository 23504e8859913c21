import { expect, it } from 'vitest';
import { wayBack } from './wayBack.js';

it.each([
  ['/gallery?folder=a', '/gallery?folder=a'],
  [null, '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?back=/login', '/'],
])('%s leads to %s', (wanted, route) => {
  expect(wayBack(wanted)).toBe(route);
});

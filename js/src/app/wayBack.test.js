import { expect, it } from 'vitest';
import { wayBack, wayOut } from './wayBack.js';

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

it.each(['//evil.example', 'https://evil.example', '/view?filename=x', '/\\evil', 'javascript:alert(1)', '', null])(
  '%s leads out of the app to nowhere',
  (wanted) => expect(wayOut(wanted)).toBeNull(),
);

it('leads back to the graph editor', () => expect(wayOut('/')).toBe('../'));

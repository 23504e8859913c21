import { describe, expect, it } from 'vitest';
import { filterOf, queryOf, routeOf, trail } from './filter.js';

describe('the address of a listing', () => {
  it.each([
    [{ folder: '', kind: 'all' }, '/gallery'],
    [{ folder: 'a/b c&d', kind: 'video' }, '/gallery?folder=a%2Fb+c%26d&kind=video'],
  ])('%j is %s and comes back', (filter, route) => {
    expect(routeOf(/** @type {any} */ (filter))).toBe(route);
    expect(filterOf(new URLSearchParams(route.split('?')[1]))).toEqual(filter);
  });

  it('takes an unknown kind for everything', () => {
    expect(filterOf(new URLSearchParams('kind=<script>')).kind).toBe('all');
  });
});

it('asks the server for the whole tree below a folder', () => {
  expect(queryOf({ folder: 'a', kind: 'all' })).toEqual({ subfolder: 'a', recursive: true });
});

it('knows the folders above', () => {
  expect(trail('a/b')).toEqual([
    { name: 'a', path: 'a' },
    { name: 'b', path: 'a/b' },
  ]);
  expect(trail('')).toEqual([]);
});

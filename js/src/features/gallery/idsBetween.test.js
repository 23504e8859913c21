// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { getGallery } from '../../services/api.js';
import { idsBetween, idsOfDay } from './idsBetween.js';

vi.mock('../../services/api.js', () => ({ getGallery: vi.fn() }));
const FILTER = /** @type {import('./filter.js').Filter} */ ({ folder: '', kind: 'all' });
const NOON = new Date(2026, 2, 5, 12).getTime() / 1000;
/** 700 items a day, the newest first. */
const LIBRARY = Array.from({ length: 2100 }, (_, i) => ({ id: `p${i}`, mtime: NOON - Math.floor(i / 700) * 86_400 }));
const nothingLoaded = () => undefined;

beforeEach(() => {
  vi.mocked(getGallery)
    .mockReset()
    .mockImplementation(
      async ({ offset, limit }) =>
        /** @type {any} */ ({ items: LIBRARY.slice(offset ?? 0, (offset ?? 0) + (limit ?? 0)) }),
    );
});

it('asks for nothing that is on the screen', async () => {
  const ids = await idsBetween(FILTER, 1, { first: 3, last: 6 }, (at) => /** @type {any} */ (LIBRARY[at]));
  expect(ids).toEqual(['p3', 'p4', 'p5']);
  expect(getGallery).not.toHaveBeenCalled();
});

it('asks page by page, of the snapshot that is seen, for what was flown over', async () => {
  const ids = await idsBetween(FILTER, 7, { first: 10, last: 1300 }, nothingLoaded);
  expect(ids).toEqual(LIBRARY.slice(10, 1300).map(({ id }) => id));
  expect(vi.mocked(getGallery).mock.calls.map(([query]) => [query.offset, query.limit, query.generation])).toEqual([
    [10, 500, 7],
    [510, 500, 7],
    [1010, 290, 7],
  ]);
});

it.each([
  ['in its middle', 1000, 700, 1400],
  ['at its beginning', 700, 700, 1400],
  ['at its end', 1399, 700, 1400],
  ['of the newest picture', 0, 0, 700],
  ['of the oldest picture', 2099, 1400, 2100],
])('finds the whole day from a picture %s', async (_, index, first, last) => {
  const ids = await idsOfDay(FILTER, 1, index, { total: LIBRARY.length, most: 10_000 });
  expect(ids).toEqual(LIBRARY.slice(first, last).map(({ id }) => id));
});

it('finds nothing where there is nothing any more', async () => {
  expect(await idsOfDay(FILTER, 1, 5000, { total: LIBRARY.length, most: 10 })).toEqual([]);
});

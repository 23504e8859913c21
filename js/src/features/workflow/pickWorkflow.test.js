import { expect, it } from 'vitest';
import { sectionsOf, valuesOf } from './pickWorkflow.js';

/** @param {string} name @param {string | null} [type] */
const item = (name, type = null) => {
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
  return { name, title: name.replace('.json', ''), folder, type, size: 1, mtime: 1, pinned: false };
};
const items = [item('a.json', 'text-to-image'), item('deep/b.json'), item('<i>c.json'), item('d.json')];
/** @type {import('./pickWorkflow.js').Wish} */
const wish = { search: '', folder: null, type: null, pins: [], recent: [] };

/** @param {Partial<typeof wish>} more */
const names = (more) =>
  sectionsOf(items, { ...wish, ...more }).map(({ key, items: some }) => [key, some.map(({ name }) => name)]);

it('shows pinned, then recent, then the rest, each once', () => {
  expect(names({ pins: ['d.json', 'gone.json'], recent: ['d.json', 'a.json'] })).toEqual([
    ['create.pinned', ['d.json']],
    ['create.recent', ['a.json']],
    ['create.all', ['deep/b.json', '<i>c.json']],
  ]);
});

it('narrows by words, folder and type, to nothing if need be', () => {
  expect(names({ search: 'B deep' })).toEqual([['create.all', ['deep/b.json']]]);
  expect(names({ folder: 'deep' })).toEqual([['create.all', ['deep/b.json']]]);
  expect(names({ type: 'text-to-image' })).toEqual([['create.all', ['a.json']]]);
  expect(names({ search: 'zzz' })).toEqual([]);
  expect(valuesOf(items, 'folder')).toEqual(['', 'deep']);
});

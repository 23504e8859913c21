import { describe, expect, it } from 'vitest';
import { pathTo, placesFor, reordered, treeOf } from './tree.js';

/** @param {string} name @param {any} [about] */
const category = (name, about) => ({ name, label: name, color: null, parent: null, order: 0, count: 0, ...about });
const all = [
  category('Subject', { count: 1 }),
  category('Camera', { order: 1 }),
  category('lens', { parent: 'Camera', label: 'Camera - Lens', count: 2 }),
  category('macro', { parent: 'LENS', count: 3 }),
  category('lost', { parent: 'nowhere', count: 4 }),
];
const names = (/** @type {any[]} */ branches) => branches.map((branch) => branch.category.name);

describe('the tree', () => {
  const tree = treeOf(all);
  it('puts each into its parent, whatever the case, and what has none on top', () => {
    expect(names(tree)).toEqual(['Subject', 'Camera', 'lost']);
    expect(names(tree[1]?.children ?? [])).toEqual(['lens']);
  });
  it('counts what lies inside and leaves out the parent in the name', () => {
    expect(tree[1]?.total).toBe(5);
    expect(tree[1]?.children[0]?.label).toBe('Lens');
  });
  it('says the way to a category', () => {
    expect(names(pathTo(tree, 'macro'))).toEqual(['Camera', 'lens', 'macro']);
    expect(pathTo(tree, 'nowhere')).toEqual([]);
    expect(pathTo(tree, '')).toEqual([]);
  });
  it('offers no place inside the category itself', () => {
    expect(names(placesFor(tree, 'Camera'))).toEqual(['Subject', 'lost']);
    expect(names(placesFor(tree, 'macro'))).toEqual(['Subject', 'Camera', 'lens', 'lost']);
  });
  it('has no branches for no categories', () => expect(treeOf([])).toEqual([]));
});

describe('another order', () => {
  const numbered = treeOf([category('a'), category('b', { order: 1 }), category('c', { order: 2 })]);
  it('writes only what changes its number', () => {
    expect(reordered(numbered, 2, 1)).toEqual([
      { name: 'c', order: 1 },
      { name: 'b', order: 2 },
    ]);
    expect(reordered(numbered, 1, 1)).toEqual([]);
  });
  it('numbers all that had no numbers of their own', () => {
    const alike = treeOf([category('a', { order: 1000 }), category('b', { order: 1000 })]);
    expect(reordered(alike, 1, 0)).toEqual([
      { name: 'b', order: 0 },
      { name: 'a', order: 1 },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { gridLayout, neighbour, positionToShow, thumbWidth } from './layout.js';

describe('the grid', () => {
  it('shows three columns on a phone: fifteen pictures on its screen', () => {
    const { columns, rowHeight } = gridLayout(390, 128);
    expect(columns).toBe(3);
    expect(Math.floor(690 / rowHeight) * columns).toBe(15);
  });

  it('never has fewer than two columns, and survives a width of nothing', () => {
    expect(gridLayout(100, 400).columns).toBe(2);
    expect(gridLayout(0, 128).tile).toBeGreaterThan(0);
  });

  it.each([
    [129, 1, 192],
    [129, 2, 384],
    [129, 3, 384],
    [600, 2, 1024],
  ])('asks for a tile of %i px at density %i as %i px', (tile, density, width) => {
    expect(thumbWidth(tile, density)).toBe(width);
  });
});

describe('keys in the grid', () => {
  const grid = { count: 100, columns: 3, rowsPerPage: 5 };
  it.each([
    ['ArrowRight', 4, 5],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 4, 7],
    ['ArrowDown', 98, 99],
    ['ArrowUp', 1, 0],
    ['PageDown', 4, 19],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s at %i leads to %i', (key, at, to) => {
    expect(neighbour(key, at, grid)).toBe(to);
  });

  it('leaves other keys and empty grids alone', () => {
    expect(neighbour('a', 3, grid)).toBeNull();
    expect(neighbour('End', 0, { ...grid, count: 0 })).toBeNull();
  });
});

it('moves the list only as far as needed to show a row', () => {
  const view = { vtop: 1000, height: 500 };
  expect(positionToShow(12, 100, view)).toBe(1000);
  expect(positionToShow(5, 100, view)).toBe(500);
  expect(positionToShow(20, 100, view)).toBe(1600);
});

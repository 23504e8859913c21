import { describe, expect, it } from 'vitest';
import { monthAt, monthName, yearMarks } from './months.js';

const months = [
  { month: '2026-03', count: 10, offset: 0 },
  { month: '2026-01', count: 5, offset: 10 },
  { month: '2025-12', count: 1, offset: 15 },
  { month: '2024-07', count: 84, offset: 16 },
];

describe('the months beside the grid', () => {
  it.each([
    [0, '2026-03'],
    [9, '2026-03'],
    [10, '2026-01'],
    [15, '2025-12'],
    [99, '2024-07'],
    [1e9, '2024-07'],
  ])('item %i lies in %s', (index, month) => {
    expect(monthAt(months, index)?.month).toBe(month);
  });

  it('has none in an empty library', () => {
    expect(monthAt([], 3)).toBeNull();
    expect(yearMarks([], 0, 0.1)).toEqual([]);
  });

  it('leaves out years that would lie on top of each other', () => {
    expect(yearMarks(months, 100, 0.05).map((mark) => mark.year)).toEqual(['2026', '2025']);
    expect(yearMarks(months, 100, 0.005).map((mark) => mark.year)).toEqual(['2026', '2025', '2024']);
  });

  it('are written in the language of the person', () => {
    expect(monthName('2026-03', 'de')).toBe('März 2026');
  });
});

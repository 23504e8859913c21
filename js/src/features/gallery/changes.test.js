import { describe, expect, it } from 'vitest';
import { changeFor, keepInPlace } from './changes.js';

const all = /** @type {const} */ ({ folder: '', kind: 'all' });
const event = (/** @type {any} */ data) => ({ name: 'changes', data: { type: 'output', ...data } });

describe('an event of the live stream', () => {
  it('tells what came and what went in the folder that is shown', () => {
    const files = [
      ['created', 'a', 'x/y', 1],
      ['removed', 'b', 'x', 1],
      ['created', 'c', 'xy', 1],
    ];
    expect(changeFor(event({ files }), { ...all, folder: 'x' })).toEqual({ created: 1, removed: new Set(['b']) });
    expect(changeFor(event({ files }), all)?.created).toBe(2);
  });

  it.each([
    ['of another folder', event({ files: [['created', 'a', 'other', 1]] })],
    ['of the input folder', event({ type: 'input', files: [['created', 'a', 'x', 1]] })],
    ['of another kind', { name: 'progress', data: {} }],
    ['without anything', event({})],
  ])('%s changes nothing', (_, what) => {
    expect(changeFor(what, { ...all, folder: 'x' })).toBeNull();
  });

  it('that could not tell everything means: look', () => {
    expect(changeFor(event({ reset: true, files: [] }), all)).not.toBeNull();
    expect(changeFor({ name: 'reset', data: {} }, all)).not.toBeNull();
    expect(changeFor({ name: 'poll', data: {} }, all)).not.toBeNull();
  });
});

describe('what one looks at stays', () => {
  it.each([
    [0, 30, 31],
    [0, 30, 33],
    [2, 30, 29],
    [1, 5, 0],
    [0, 7, 1007],
  ])('with %i empty cells, item %i becoming %i keeps its column', (lead, from, to) => {
    const columns = 3;
    const moved = keepInPlace({ lead, columns }, { from, to });
    expect((to + moved.lead) % columns).toBe((from + lead) % columns);
    expect(Math.floor((to + moved.lead) / columns)).toBe(Math.floor((from + lead) / columns) + moved.rows);
    expect(moved.lead).toBeGreaterThanOrEqual(0);
    expect(moved.lead).toBeLessThan(columns);
  });
});

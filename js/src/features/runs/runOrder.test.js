import { describe, expect, it } from 'vitest';
import { activeRuns, reordered } from './runOrder.js';

const run = (/** @type {string} */ id, /** @type {any} */ more = {}) =>
  /** @type {any} */ ({ run_id: id, state: 'queued', number: 0, created: 0, ...more });
const idsOf = (/** @type {any[]} */ runs) => runs.map(({ run_id }) => run_id);

describe('the order of runs', () => {
  it('is the running one, then what waits as the host will take it', () => {
    const runs = [
      run('front', { number: -4, created: 9 }),
      run('late', { number: 7 }),
      run('over', { state: 'done', number: 1 }),
      run('now', { state: 'running', number: 9 }),
      run('soon', { number: 5 }),
    ];
    expect(idsOf(activeRuns(runs))).toEqual(['now', 'front', 'soon', 'late']);
    expect(idsOf(runs)).toEqual(['front', 'late', 'over', 'now', 'soon']);
  });

  it('tells equal numbers apart by their age', () => {
    expect(idsOf(activeRuns([run('b', { created: 2 }), run('a', { created: 1 })]))).toEqual(['a', 'b']);
  });

  it('deals the numbers out anew and touches nothing else', () => {
    const other = run('x', { state: 'running', number: 1 });
    const list = /** @type {any} */ ({ runs: [run('b', { number: 8 }), other, run('a', { number: 3 })], total: 3 });
    const next = reordered(list, ['b', 'a']);
    expect(next.runs).toEqual([run('b', { number: 3 }), other, run('a', { number: 8 })]);
    expect(idsOf(activeRuns(next.runs))).toEqual(['x', 'b', 'a']);
    expect(next.total).toBe(3);
    expect(reordered(undefined, ['a'])).toBeUndefined();
  });
});

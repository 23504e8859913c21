import { describe, expect, it } from 'vitest';
import { foldEvent } from './foldEvent.js';

const run = (/** @type {any} */ more) => /** @type {any} */ ({ run_id: 'a', state: 'queued', progress: 0, ...more });

describe('the list of runs', () => {
  it('takes in a new run, and what became of a known one', () => {
    expect(foldEvent({ runs: [] }, { name: 'run', data: run({}) })).toEqual({ runs: [run({})] });
    const done = foldEvent({ runs: [run({ state: 'running' })] }, { name: 'run', data: run({ state: 'done' }) });
    expect(done).toEqual({ runs: [run({ state: 'done' })] });
  });

  it('lets go of what was forgotten, here or on another device', () => {
    const runs = [run({ state: 'done' }), run({ run_id: 'b' })];
    const data = { run_ids: ['a', 'never seen'] };
    expect(foldEvent({ runs }, { name: 'gone', data })).toEqual({ runs: [runs[1]] });
    expect(foldEvent(undefined, { name: 'gone', data })).toBeNull();
  });

  it('shows progress of a run that is not over, and of no other', () => {
    const data = { run_id: 'a', progress: 0.4 };
    expect(foldEvent({ runs: [run({})] }, { name: 'progress', data })).toEqual({
      runs: [run({ state: 'running', progress: 0.4 })],
    });
    expect(foldEvent({ runs: [run({ state: 'failed' })] }, { name: 'progress', data })).toBeNull();
    expect(foldEvent({ runs: [] }, { name: 'progress', data })).toBeNull();
  });

  it('knows whether the host is there, slow or away', () => {
    const list = /** @type {any} */ ({ runs: [], connected: true, message: '' });
    const data = { connected: false, kind: 'remote', message: 'ComfyUI hung up.' };
    expect(foldEvent(list, { name: 'host', data })).toEqual({ runs: [], connected: false, message: data.message });
    expect(foldEvent(undefined, { name: 'host', data })).toBeNull();
  });

  it('asks where events were missed', () => {
    expect(foldEvent({ runs: [] }, { name: 'reset', data: {} })).toBe('ask');
    expect(foldEvent(undefined, { name: 'run', data: run({}) })).toBe('ask');
    expect(foldEvent({ runs: [] }, { name: 'changes', data: {} })).toBeNull();
  });
});

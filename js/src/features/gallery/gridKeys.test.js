import { expect, it, vi } from 'vitest';
import { press } from './gridKeys.js';

const deeds = () => ({
  open: vi.fn(),
  toggle: vi.fn(),
  extend: vi.fn(),
  all: vi.fn(),
  none: vi.fn(),
  remove: vi.fn(),
  resize: vi.fn(),
  reveal: vi.fn(),
});
const AT = { here: 5, active: true, count: 100, columns: 3, rowsPerPage: 4 };
/** @param {string} key @param {Partial<KeyboardEvent>} [more] */
const key = (key, more) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

it.each([
  ['Enter', 'open', [5]],
  [' ', 'toggle', [5]],
  ['Escape', 'none', []],
  ['Delete', 'remove', []],
  ['+', 'resize', [1]],
  ['-', 'resize', [-1]],
  ['ArrowDown', 'reveal', [8]],
])('%j means %s', (name, deed, args) => {
  const done = deeds();
  expect(press(key(name), AT, done)).toBe(true);
  expect(done[/** @type {keyof typeof done} */ (deed)]).toHaveBeenCalledWith(...args);
});

it('chooses on the way with Shift', () => {
  const done = deeds();
  press(key('ArrowRight', { shiftKey: true }), AT, done);
  expect(done.extend).toHaveBeenCalledWith(5, 6);
  expect(done.reveal).toHaveBeenCalledWith(6);
});

it('chooses everything with Ctrl or the command key, and leaves the other shortcuts to the browser', () => {
  const done = deeds();
  expect(press(key('a', { ctrlKey: true }), AT, done)).toBe(true);
  expect(press(key('A', { metaKey: true }), AT, done)).toBe(true);
  expect(done.all).toHaveBeenCalledTimes(2);
  expect(press(key('f', { ctrlKey: true }), AT, done)).toBe(false);
  expect(press(key('ArrowLeft', { altKey: true }), AT, done)).toBe(false);
  expect(done.reveal).not.toHaveBeenCalled();
});

it('leaves Escape and Delete alone when nothing is chosen', () => {
  const done = { ...deeds(), none: null, remove: null };
  expect(press(key('Escape'), AT, done)).toBe(false);
  expect(press(key('Delete'), AT, done)).toBe(false);
});

it('only shows the cursor at first', () => {
  const done = deeds();
  press(key('ArrowDown'), { ...AT, active: false }, done);
  expect(done.reveal).toHaveBeenCalledWith(5);
});

import { expect, it } from 'vitest';
import { HIGHEST, LOWEST, stepped, swiped, weightKey, within } from './weighing.js';

it.each([
  [1, 1, 1.05],
  [1, -1, 0.95],
  [1.02, 1, 1.05],
  [1.02, -1, 1],
  [0.1 + 0.2 + 0.7, 1, 1.05],
  [2, 1, HIGHEST],
  [0.2, -1, LOWEST],
  [9, -1, HIGHEST],
])('from %d one step %d is %d', (weight, direction, next) => {
  expect(stepped(weight, /** @type {1 | -1} */ (direction))).toBe(next);
});

it.each([
  [1, 0, 1],
  [1, 9, 1],
  [1, 23, 1],
  [1, 24, 1.05],
  [1, -24, 0.95],
  [1, 150, 1.5],
  [1, 5000, HIGHEST],
  [1, -5000, LOWEST],
])('a finger that began at %d and moved %d px says %d', (weight, moved, next) => {
  expect(swiped(weight, moved)).toBe(next);
});

it('goes back to where it began when the finger does', () => {
  expect(swiped(1.3, 60)).not.toBe(1.3);
  expect(swiped(1.3, 0)).toBe(1.3);
});

it('keeps two digits', () => expect(within(1.23456)).toBe(1.23));

it('hears Ctrl or Cmd with an arrow and nothing else', () => {
  const key = (/** @type {any} */ about) =>
    weightKey({ key: 'ArrowUp', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...about });
  expect(key({ ctrlKey: true })).toBe(1);
  expect(key({ metaKey: true, key: 'ArrowDown' })).toBe(-1);
  for (const about of [
    {},
    { ctrlKey: true, shiftKey: true },
    { ctrlKey: true, altKey: true },
    { ctrlKey: true, key: 'a' },
  ])
    expect(key(about)).toBeNull();
});

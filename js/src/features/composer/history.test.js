import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noHistory, redo, remember, undo } from './history.js';

it('takes typing without a pause back in one step', () => {
  let history = remember(noHistory, '', { typed: true, now: 1000 });
  history = remember(history, 'c', { typed: true, now: 1200 });
  history = remember(history, 'ca', { typed: true, now: 1900 });
  expect(undo(history, 'cat')?.text).toBe('');
});

it('makes a step of its own after a pause, and of every edit that is no typing', () => {
  let history = remember(noHistory, '', { typed: true, now: 1000 });
  history = remember(history, 'cat', { typed: true, now: 5000 });
  history = remember(history, 'cat,', { now: 5100 });
  history = remember(history, 'cat, $a$', { typed: true, now: 5150 });
  expect(history.past).toEqual(['', 'cat', 'cat,', 'cat, $a$']);
});

it('has nothing to take back or to repeat at the ends', () => {
  expect(undo(noHistory, 'x')).toBeNull();
  expect(redo(noHistory, 'x')).toBeNull();
});

it('forgets what was taken back once something new is said', () => {
  const back = undo(remember(noHistory, 'a', { now: 1 }), 'b');
  const anew = remember(/** @type {any} */ (back).history, 'a', { now: 2 });
  expect(redo(anew, 'c')).toBeNull();
});

it('keeps no more than two hundred steps', () => {
  let history = noHistory;
  for (let i = 0; i < 500; i++) history = remember(history, String(i), { now: i });
  expect(history.past).toHaveLength(200);
  expect(history.past.at(-1)).toBe('499');
});

it('undoes everything and repeats everything', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 30 }), (texts) => {
      let history = noHistory;
      texts.slice(1).forEach((_, i) => (history = remember(history, String(texts[i]), { now: i })));
      let present = String(texts.at(-1));
      for (let step = undo(history, present); step; step = undo(history, present)) {
        ({ history, text: present } = step);
      }
      expect(present).toBe(texts[0]);
      for (let step = redo(history, present); step; step = redo(history, present)) {
        ({ history, text: present } = step);
      }
      expect(present).toBe(texts.at(-1));
    }),
  );
});

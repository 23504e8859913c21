import { expect, it } from 'vitest';
import { prepareToasts, takeToasts, toasts, useToasts } from './toasts.js';

it('keeps what is said before the list is there, in its order, and gives each out once', () => {
  toasts.add({ title: 'one' });
  toasts.add({ title: 'two' });
  expect(useToasts.getState().wanted).toBe(true);
  expect(takeToasts().map(({ title }) => title)).toEqual(['one', 'two']);
  expect(takeToasts()).toEqual([]);
});

it('brings the list before there is anything to say', () => {
  useToasts.setState({ wanted: false });
  prepareToasts();
  expect(useToasts.getState()).toMatchObject({ wanted: true, waiting: [] });
});

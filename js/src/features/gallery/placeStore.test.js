import { expect, test, vi } from 'vitest';
import { createPlaceStore } from './placeStore.js';

test('whoever listens hears of another place, and not of the same one twice', () => {
  const store = createPlaceStore();
  const heard = vi.fn();
  const stop = store.subscribe(heard);
  const place = { index: 30, rowEnd: 32, fraction: 0.5, moving: true };
  store.set(place);
  store.set({ ...place });
  expect(heard).toHaveBeenCalledTimes(1);
  expect(store.get()).toEqual(place);
  store.set({ ...place, moving: false });
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  store.set(place);
  expect(heard).toHaveBeenCalledTimes(2);
});

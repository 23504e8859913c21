/** @import { Place } from './Grid.jsx' */
import { useState, useSyncExternalStore } from 'react';

/** @typedef {ReturnType<typeof createPlaceStore>} PlaceStore */

/**
 * Where the grid is looked at. It changes with every frame of scrolling: only what shows it is drawn again,
 * never the grid itself.
 */
export function createPlaceStore() {
  let place = /** @type {Place} */ ({ index: 0, rowEnd: 0, fraction: 0, moving: false });
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    get: () => place,
    /** @param {Place} next */
    set: (next) => {
      const same = /** @type {(keyof Place)[]} */ (Object.keys(next)).every((key) => next[key] === place[key]);
      if (same) return;
      place = next;
      listeners.forEach((listener) => listener());
    },
    /** @param {() => void} listener */
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A store of one grid. */
export const usePlaceStore = () => useState(createPlaceStore)[0];

/**
 * What `pick` takes of the place; the component is drawn again only when that changes.
 * @template T
 * @param {PlaceStore} store
 * @param {(place: Place) => T} pick
 */
export const usePlace = (store, pick) => useSyncExternalStore(store.subscribe, () => pick(store.get()));

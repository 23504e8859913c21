import { create } from 'zustand';

/**
 * The tags that a person collects on this device, in the order of collecting. A full or forbidden storage only
 * means that the collection ends with the tab.
 */
const KEY = 'cozygen.collectedTags';

/** @returns {string[]} */
function stored() {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return [];
    throw error;
  }
}

/** @param {string[]} tags */
function store(tags) {
  try {
    localStorage.setItem(KEY, JSON.stringify(tags));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** @typedef {{ tags: string[], set: (tags: string[]) => void, toggle: (tag: string) => void }} Collection */

export const useCollection = create(
  /** @type {import('zustand').StateCreator<Collection>} */
  (
    (set, get) => ({
      tags: stored(),
      set: (tags) => {
        set({ tags });
        store(tags);
      },
      toggle: (tag) => {
        const { tags, set: keep } = get();
        keep(tags.includes(tag) ? tags.filter((other) => other !== tag) : [...tags, tag]);
      },
    })
  ),
);

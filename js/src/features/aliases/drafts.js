/** Unsaved edits of aliases; leaving the page or a reload loses none of them. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/**
 * `etag` is that of the version the edit began with; null for a new alias.
 * @typedef {{ name: string, category: string, text: string, etag: string | null }} Draft
 */

/** The draft of a new alias has no key of its own. */
export const NEW = '';

export const useDrafts = create(
  persist(/** @type {import('zustand').StateCreator<{ of: Record<string, Draft> }>} */ (() => ({ of: {} })), {
    name: 'cozygen.aliasDrafts',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

/** @param {string} key the alias's name, or NEW @param {Draft} draft */
export const keepDraft = (key, draft) => useDrafts.setState(({ of }) => ({ of: { ...of, [key]: draft } }));

/** @param {string} key */
export const dropDraft = (key) =>
  useDrafts.setState(({ of }) => {
    const { [key]: _, ...rest } = of;
    return { of: rest };
  });

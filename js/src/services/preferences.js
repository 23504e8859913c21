import { create } from 'zustand';
import { keep, kept } from './keep.js';
import { oldView } from './predecessor.js';

/**
 * What a person chose for this device. Kept in the browser; a full or forbidden storage only means
 * that the choice ends with the tab.
 * @typedef {object} Preferences
 * @property {'system' | 'dark' | 'light'} theme
 * @property {'comfortable' | 'compact'} density
 * @property {string | null} language
 * @property {number} tileSize wanted width of a thumbnail in px
 * @property {'grid' | 'feed'} view how the gallery is shown
 * @property {boolean} details whether the viewer shows its details
 * @property {'chips' | 'text'} compose how a phone shows a prompt
 * @property {'hide' | 'blur' | 'show'} tagNsfw what becomes of explicit tags
 */

const KEY = 'cozygen.preferences';
/** @type {Preferences} */
const defaults = {
  theme: 'system',
  density: 'comfortable',
  language: null,
  tileSize: 128,
  view: oldView(),
  details: false,
  compose: 'chips',
  tagNsfw: 'hide',
};

export const usePreferences = create(
  /** @type {import('zustand').StateCreator<Preferences & { set: (change: Partial<Preferences>) => void }>} */
  (
    (set, get) => ({
      ...kept(KEY, defaults),
      set: (change) => {
        set(change);
        const { set: _, ...preferences } = get();
        keep(KEY, preferences);
      },
    })
  ),
);

/** @import { Key, Vars } from './translate.js' */
import { createContext, use } from 'react';

/**
 * @typedef {object} Words
 * @property {(key: Key, vars?: Vars) => string} t
 * @property {string} lang
 */

export const WordsContext = createContext(/** @type {Words | null} */ (null));

export function useT() {
  const words = use(WordsContext);
  if (!words) throw new Error('WordsProvider missing');
  return words;
}

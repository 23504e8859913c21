import { create } from 'zustand';

/** Whether this browser keeps what it is given; its storage may be full, or forbidden. */
export const useKeeping = create(
  /** @type {import('zustand').StateCreator<{ works: boolean }>} */ (() => ({ works: true })),
);

/** @param {boolean} works */
const become = (works) => useKeeping.getState().works !== works && useKeeping.setState({ works });

/**
 * Keeps a value on this device if the browser lets it.
 * @param {string} key
 * @param {unknown} value
 */
export function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    become(true);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    become(false);
  }
}

/**
 * What was kept, over what stands in where nothing was, or nothing that can be read.
 * @template {object} Kept
 * @param {string} key
 * @param {Kept} instead
 * @returns {Kept}
 */
export function kept(key, instead) {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null');
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...instead, ...value } : instead;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return instead;
    throw error;
  }
}

/** @import { FieldValue } from '../../services/apiTypes.js' */
import { create } from 'zustand';

/**
 * The values of every form on this device; a reload or a crash loses nothing.
 * @typedef {object} Entry
 * @property {Record<string, FieldValue>} values
 * @property {Record<string, 'fixed' | 'random' | 'increment'>} seeds
 * @property {string[]} bypassed
 */

const KEY = 'cozygen.forms';
/** @type {Entry} */
export const untouched = { values: {}, seeds: {}, bypassed: [] };

/** @returns {{ workflow: string | null, entries: Record<string, Entry> }} */
function stored() {
  const nothing = { workflow: null, entries: {} };
  try {
    return { ...nothing, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return nothing;
    throw error;
  }
}

export const useForms = create(
  /**
   * @type {import('zustand').StateCreator<{
   *   workflow: string | null, entries: Record<string, Entry>,
   *   choose: (workflow: string) => void,
   *   change: (workflow: string, make: (entry: Entry) => Partial<Entry>) => void,
   * }>}
   */
  (
    (set) => ({
      ...stored(),
      choose: (workflow) => set({ workflow }),
      change: (workflow, make) =>
        set((state) => {
          const entry = state.entries[workflow] ?? untouched;
          return { entries: { ...state.entries, [workflow]: { ...entry, ...make(entry) } } };
        }),
    })
  ),
);

let timer = 0;
function write() {
  const { workflow, entries } = useForms.getState();
  try {
    localStorage.setItem(KEY, JSON.stringify({ workflow, entries }));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // full or forbidden: the values live as long as the tab
  }
}
useForms.subscribe(() => {
  clearTimeout(timer);
  timer = window.setTimeout(write, 250);
});
globalThis.addEventListener?.('pagehide', write);

/** @param {string} workflow @param {string} name @param {FieldValue | undefined} value undefined: back to the default */
export function setValue(workflow, name, value) {
  useForms.getState().change(workflow, ({ values }) => {
    const { [name]: _, ...rest } = values;
    return { values: value === undefined ? rest : { ...rest, [name]: value } };
  });
}

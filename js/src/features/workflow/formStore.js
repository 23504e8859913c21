/** @import { FieldValue } from '../../services/apiTypes.js' */
import { create } from 'zustand';
import { keep, kept } from '../../services/keep.js';
import { oldForms } from '../../services/predecessor.js';
import { forgetNote } from './fieldNotes.js';

/**
 * The values of every form on this device; a reload or a crash loses nothing.
 * @typedef {object} Entry
 * @property {Record<string, FieldValue>} values
 * @property {Record<string, 'fixed' | 'random' | 'increment' | 'last'>} seeds
 * @property {string[]} bypassed
 * @property {string | null} [etag] the server's version that this device has seen
 * @property {boolean} [old] whether it was left by the predecessor, and the server was not asked since
 * @property {boolean} [dirty] whether the server has not got all of it yet
 */

const KEY = 'cozygen.forms';
const RECENT = 6;
/** @type {Entry} */
export const untouched = { values: {}, seeds: {}, bypassed: [] };

/** @type {{ workflow: string | null, recent: string[], entries: Record<string, Entry> }} */
const nothing = { workflow: null, recent: [], entries: {}, ...oldForms() };

export const useForms = create(
  /**
   * @type {import('zustand').StateCreator<{
   *   workflow: string | null, recent: string[], entries: Record<string, Entry>,
   *   choose: (workflow: string) => void,
   *   change: (workflow: string, make: (entry: Entry) => Partial<Entry>) => void,
   *   settle: (workflow: string, entry: Partial<Entry>) => void,
   * }>}
   */
  (
    (set) => ({
      ...kept(KEY, nothing),
      choose: (workflow) =>
        set(({ recent }) => ({
          workflow,
          recent: [workflow, ...recent.filter((name) => name !== workflow)].slice(0, RECENT),
        })),
      change: (workflow, make) =>
        set((state) => {
          const entry = state.entries[workflow] ?? untouched;
          return { entries: { ...state.entries, [workflow]: { ...entry, ...make(entry), dirty: true } } };
        }),
      settle: (workflow, entry) =>
        set(({ entries }) => ({
          entries: { ...entries, [workflow]: { ...(entries[workflow] ?? untouched), ...entry } },
        })),
    })
  ),
);

let timer = 0;
function write() {
  const { workflow, recent, entries } = useForms.getState();
  keep(KEY, { workflow, recent, entries });
}
useForms.subscribe(() => {
  clearTimeout(timer);
  timer = window.setTimeout(write, 250);
});
globalThis.addEventListener?.('pagehide', write);

/** @param {string} workflow @param {string} name @param {FieldValue | undefined} value undefined: back to the default */
export function setValue(workflow, name, value) {
  forgetNote(workflow, name);
  useForms.getState().change(workflow, ({ values }) => {
    const { [name]: _, ...rest } = values;
    return { values: value === undefined ? rest : { ...rest, [name]: value } };
  });
}

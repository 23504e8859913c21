import { create } from 'zustand';

/**
 * What is wrong with the fields of a form: found at the last try to run it, or when a preset was filled in.
 * A field that is changed is no longer wrong until it is looked at again.
 */
export const useFieldNotes = create(
  /** @type {import('zustand').StateCreator<{ of: Record<string, Record<string, string>> }>} */ (() => ({ of: {} })),
);

/** @param {string} workflow @param {Record<string, string>} notes */
export const noteFields = (workflow, notes) =>
  useFieldNotes.setState(({ of }) => ({ of: { ...of, [workflow]: notes } }));

/** @param {string} workflow @param {string} name of a field that was changed */
export function forgetNote(workflow, name) {
  const { [name]: gone, ...rest } = useFieldNotes.getState().of[workflow] ?? {};
  if (gone !== undefined) noteFields(workflow, rest);
}

/**
 * Problems with values as notes of their fields, and the words of those that belong to no field of the form.
 * @param {{ message: string, field?: string | null }[]} problems
 * @param {string[]} names of the form's fields
 */
export function sortedNotes(problems, names) {
  const mine = problems.filter(({ field }) => field && names.includes(field));
  const others = problems.filter((problem) => !mine.includes(problem));
  return {
    notes: Object.fromEntries(mine.map(({ field, message }) => [String(field), message])),
    others: others.map(({ message }) => message),
  };
}

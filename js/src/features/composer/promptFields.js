/**
 * The fields of a form that hold prompts.
 * @import { FormField } from '../../services/apiTypes.js'
 */
import { isPromptField } from '../../prompt/index.js';

/**
 * In the form's order; a field that is part of another is left out.
 * @param {readonly FormField[]} fields
 * @param {Record<string, unknown>} values
 */
export function promptFieldsOf(fields, values) {
  return fields.filter((field) => !field.part_of && isPromptField(field, values[field.name] ?? field.default));
}

/**
 * The field that an address asks for, else the first that is no negative one; null without any.
 * @template {{ name: string, role?: string | null }} Field
 * @param {readonly Field[]} fields
 * @param {string | null} wanted
 * @returns {Field | null}
 */
export function chosenField(fields, wanted) {
  const named = fields.find((field) => field.name === wanted);
  return named ?? fields.find((field) => field.role !== 'negative') ?? fields[0] ?? null;
}

/** @import { QueueBody, WorkflowForm } from '../../services/apiTypes.js' */
import { ApiError } from '../../services/request.js';
import { untouched, useForms } from './formStore.js';
import { firstMode, isDrawn, own, valuesToSend } from './values.js';

/**
 * What is queued: the form as this device has it.
 * @param {WorkflowForm} form
 * @param {number} count
 * @returns {Omit<QueueBody, 'idempotency_key'>}
 */
export function queueBody(form, count) {
  const entry = useForms.getState().entries[form.workflow] ?? untouched;
  const seeds = form.fields
    .filter(isDrawn)
    .map((field) => [field.name, own(entry.seeds, field.name) ?? firstMode(field)]);
  return {
    workflow: form.workflow,
    values: valuesToSend(form.fields, entry.values),
    bypassed: entry.bypassed.filter((name) => form.fields.some((field) => field.name === name)),
    seeds: Object.fromEntries(seeds),
    count,
  };
}

/**
 * What is wrong with which field.
 * @param {unknown} error
 * @returns {Record<string, string>}
 */
export function fieldErrors(error) {
  const fields = error instanceof ApiError && error.code === 'invalid_values' ? error.details.fields : {};
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, words]) => [name, [words].flat().join(' ')]));
}

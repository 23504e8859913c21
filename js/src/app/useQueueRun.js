/** @import { WorkflowForm } from '../services/apiTypes.js' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { fieldErrors, queueBody } from '../features/workflow/queueBody.js';
import { workflowFormQuery } from '../features/workflow/useWorkflowForm.js';
import { queueRun } from '../services/api.js';
import { toasts } from '../ui/primitives/toasts.js';
import { navigate } from './hashLocation.js';

/** What the last try to run a workflow found wrong with its fields; the form shows it wherever Run was pressed. */
export const useRunErrors = create(
  /** @type {import('zustand').StateCreator<{ of: Record<string, Record<string, string>> }>} */ (() => ({ of: {} })),
);

/** @param {string} workflow @param {Record<string, string>} errors */
const tell = (workflow, errors) => useRunErrors.setState(({ of }) => ({ of: { ...of, [workflow]: errors } }));

/** Queues a workflow as its form stands on this device. */
export function useQueueRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (/** @type {{ workflow: string, count?: number }} */ { workflow, count = 1 }) => {
      const form = /** @type {WorkflowForm} */ (await client.ensureQueryData(workflowFormQuery(workflow)));
      return queueRun(queueBody(form, count));
    },
    onSuccess: ({ warnings }, { workflow }) => {
      tell(workflow, {});
      for (const { message } of warnings) toasts.add({ title: message });
      void client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: (error, { workflow }) => {
      const errors = fieldErrors(error);
      tell(workflow, errors);
      toasts.add({ title: error.message, type: 'error' });
      if (Object.keys(errors).length > 0) navigate('/controls');
    },
  });
}

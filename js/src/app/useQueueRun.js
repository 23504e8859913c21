/** @import { WorkflowForm } from '../services/apiTypes.js' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { noteFields } from '../features/workflow/fieldNotes.js';
import { fieldErrors, queueBody } from '../features/workflow/queueBody.js';
import { queueOnce } from '../features/workflow/queueOnce.js';
import { workflowFormQuery } from '../features/workflow/useWorkflowForm.js';
import { useT } from '../i18n/useT.js';
import { sayError } from '../ui/primitives/sayError.js';
import { toasts } from '../ui/primitives/toasts.js';
import { navigate } from './hashLocation.js';

/** Queues a workflow as its form stands on this device. */
export function useQueueRun() {
  const client = useQueryClient();
  const { t } = useT();
  return useMutation({
    mutationFn: async (/** @type {{ workflow: string, count?: number }} */ { workflow, count = 1 }) => {
      const form = /** @type {WorkflowForm} */ (await client.ensureQueryData(workflowFormQuery(workflow)));
      return queueOnce(queueBody(form, count));
    },
    onSuccess: ({ warnings }, { workflow }) => {
      noteFields(workflow, {});
      for (const { message } of warnings) toasts.add({ title: message });
      void client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: (error, { workflow }) => {
      const errors = fieldErrors(error);
      noteFields(workflow, errors);
      sayError(error, t);
      if (Object.keys(errors).length > 0) navigate('/controls');
    },
  });
}

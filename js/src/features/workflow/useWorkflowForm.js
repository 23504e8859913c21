import { useQuery } from '@tanstack/react-query';
import { getWorkflowForm, getWorkflows } from '../../services/api.js';
import { useForms } from './formStore.js';

/** All workflows, and the one that is open: the last used while it exists, else the first. */
export function useWorkflows() {
  const list = useQuery({ queryKey: ['workflows'], queryFn: ({ signal }) => getWorkflows(signal) });
  const chosen = useForms((s) => s.workflow);
  const names = list.data?.workflows ?? [];
  const current = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? null);
  return { list, names, current };
}

/** @param {string} workflow */
export const workflowFormQuery = (workflow) => ({
  queryKey: ['form', workflow],
  queryFn: (/** @type {{ signal: AbortSignal }} */ { signal }) => getWorkflowForm(workflow, signal),
  staleTime: 30_000,
});

/** @param {string | null} workflow */
export function useWorkflowForm(workflow) {
  return useQuery({ ...workflowFormQuery(workflow ?? ''), enabled: workflow !== null });
}

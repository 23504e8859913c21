import { useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { useQueueRun } from '../useQueueRun.js';
import { Shortcuts } from './Shortcuts.jsx';

/** The keys, with Run for the workflow that is open. */
export function ShortcutsOfApp() {
  const { current } = useWorkflows();
  const run = useQueueRun();
  return <Shortcuts onRun={() => current && !run.isPending && run.mutate({ workflow: current })} />;
}

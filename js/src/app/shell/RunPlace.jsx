/** @import { Run } from '../../services/apiTypes.js' */
import { Play } from 'lucide-react';
import { useState } from 'react';
import { RunsList } from '../../features/runs/RunsList.jsx';
import { activeRuns, useRuns } from '../../features/runs/useRuns.js';
import { titleOf } from '../../features/workflow/titleOf.js';
import { useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { navigate } from '../hashLocation.js';
import { useQueueRun } from '../useQueueRun.js';

/** @param {{ progress: number }} props */
function Ring({ progress }) {
  return (
    <svg viewBox="0 0 36 36" className="run-ring" aria-hidden="true">
      <circle cx="18" cy="18" r="15" />
      <circle cx="18" cy="18" r="15" pathLength="100" strokeDasharray={`${Math.max(progress * 100, 3)} 100`} />
    </svg>
  );
}

/** The place in the bar that shows how far the runs are, and opens them. */
export function RunPlace() {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  const { current } = useWorkflows();
  const run = useQueueRun();
  const [first, ...rest] = activeRuns(useRuns().data?.runs ?? []);
  const percent = Math.round((first?.progress ?? 0) * 100);
  const label = first ? `${t('runs.title')}: ${percent} %` : t('runs.title');
  const again = (/** @type {Run} */ { workflow }) => workflow && run.mutate({ workflow });
  return (
    <>
      <button type="button" className="place place-run" aria-label={label} onClick={() => setOpen(true)}>
        <span className="place-icon">
          {first ? <Ring progress={first.progress} /> : <Play size={20} fill="currentColor" />}
          {rest.length > 0 && <span className="place-count">{rest.length + 1}</span>}
        </span>
        <span aria-hidden="true">{first ? `${percent} %` : t('runs.title')}</span>
      </button>
      <Sheet open={open} onClose={() => setOpen(false)} title={t('runs.title')}>
        {current && (
          <Button variant="primary" wide disabled={run.isPending} onClick={() => run.mutate({ workflow: current })}>
            <Play size={18} fill="currentColor" aria-hidden="true" />
            {t('runs.runThis', { name: titleOf(current) })}
          </Button>
        )}
        <RunsList
          onAgain={again}
          onOpen={(id) => {
            setOpen(false);
            navigate(`/gallery?view=${encodeURIComponent(id)}`);
          }}
        />
      </Sheet>
    </>
  );
}

/** @import { Run } from '../../services/apiTypes.js' */
import { useT } from '../../i18n/useT.js';
import { movedTo } from '../../ui/primitives/movedTo.js';
import { Sortable, SortableRow } from '../../ui/primitives/Sortable.jsx';
import { RunNow } from './RunNow.jsx';
import { useReorderRuns } from './useReorderRuns.js';

/**
 * What waits, the next first; its order is the host's and can be changed by touch, mouse and keyboard.
 * @param {{ runs: Run[] }} props
 */
export function WaitingRuns({ runs }) {
  const { t } = useT();
  const reorder = useReorderRuns();
  const ids = runs.map((run) => run.run_id);
  return (
    <Sortable ids={ids} howToMove="runs.howToMove" onMove={(from, to) => reorder.mutate(movedTo(ids, from, to))}>
      <ol className="runs-waiting" aria-label={t('runs.queue')}>
        {runs.map((run, index) => (
          <SortableRow
            key={run.run_id}
            id={run.run_id}
            grip={t('runs.move', { title: run.title, place: index + 1 })}
            movable={runs.length > 1}
            className="run-waiting"
          >
            <RunNow run={run} title={run.title} />
          </SortableRow>
        ))}
      </ol>
    </Sortable>
  );
}

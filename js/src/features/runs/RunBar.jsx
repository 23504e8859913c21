import { Play } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { HostState } from './HostState.jsx';
import { RunNow } from './RunNow.jsx';
import { usePreview } from './usePreview.js';
import { activeRuns, useRuns } from './useRuns.js';
import './runs.css';

const COUNTS = [1, 2, 4, 8, 16];

/** What is running now. */
function Now() {
  const active = activeRuns(useRuns().data?.runs ?? []);
  const [first] = active;
  const preview = usePreview(first?.state === 'running' ? first.run_id : null);
  return first ? <RunNow run={first} waiting={active.length - 1} preview={preview} /> : null;
}

/**
 * Run, and what is running; a second run may always be queued behind the first.
 * @param {{ busy: boolean, count: number, onCount: (count: number) => void, onRun: () => void, quiet?: boolean }} props
 *   quiet where what is running is shown beside it
 */
export function RunBar({ busy, count, onCount, onRun, quiet = false }) {
  const { t } = useT();
  return (
    <div className="run-bar">
      {!quiet && <HostState />}
      {!quiet && <Now />}
      <div className="run-go">
        <Select
          className="run-count"
          aria-label={t('runs.count')}
          value={count}
          onChange={(event) => onCount(Number(event.target.value))}
        >
          {COUNTS.map((n) => (
            <option key={n} value={n}>{`× ${n}`}</option>
          ))}
        </Select>
        <Button variant="primary" wide disabled={busy} onClick={onRun}>
          <Play size={18} fill="currentColor" aria-hidden="true" />
          {t('runs.run')}
        </Button>
      </div>
    </div>
  );
}

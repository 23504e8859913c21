import { Play } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { HostState } from './HostState.jsx';
import { RunNow } from './RunNow.jsx';
import { usePreview } from './usePreview.js';
import { activeRuns, useRuns } from './useRuns.js';
import './runs.css';

/**
 * Run, and what is running; a second run may always be queued behind the first.
 * @param {{ busy: boolean, count: number, onCount: (count: number) => void, onRun: () => void }} props
 */
export function RunBar({ busy, count, onCount, onRun }) {
  const { t } = useT();
  const { data } = useRuns();
  const active = activeRuns(data?.runs ?? []);
  const [first] = active;
  const preview = usePreview(first?.state === 'running' ? first.run_id : null);
  return (
    <div className="run-bar">
      <HostState />
      {first && <RunNow run={first} waiting={active.length - 1} preview={preview} />}
      <div className="run-go">
        <select
          className="input run-count"
          aria-label={t('runs.count')}
          value={count}
          onChange={(event) => onCount(Number(event.target.value))}
        >
          {[1, 2, 4, 8, 16].map((n) => (
            <option key={n} value={n}>{`× ${n}`}</option>
          ))}
        </select>
        <Button variant="primary" wide disabled={busy} onClick={onRun}>
          <Play size={18} fill="currentColor" aria-hidden="true" />
          {t('runs.run')}
        </Button>
      </div>
    </div>
  );
}

/** @import { Run } from '../../services/apiTypes.js' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Play, X } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { cancelRun } from '../../services/api.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { activeRuns, useRuns } from './useRuns.js';
import './runs.css';

/**
 * A node's number means nothing to a person.
 * @param {string | null | undefined} node
 */
const nodeName = (node) => (node && !/^[\d:.]+$/.test(node) ? node : '');

/** @param {{ run: Run, waiting: number }} props */
function Current({ run, waiting }) {
  const { t } = useT();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.run_id),
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
  const percent = Math.round((run.progress ?? 0) * 100);
  return (
    <div className="run-now">
      <div className="run-words">
        <span>{run.state === 'queued' ? t('runs.queued') : nodeName(run.node) || t('runs.running')}</span>
        <span>
          {run.state === 'running' ? `${percent} %` : ''}
          {waiting > 0 ? ` · ${t('runs.waiting', { count: waiting })}` : ''}
        </span>
      </div>
      <progress max={100} value={percent} aria-label={t('runs.progress')} />
      <IconButton label={t('runs.cancel')} disabled={cancel.isPending} onClick={() => cancel.mutate()}>
        <X size={20} />
      </IconButton>
    </div>
  );
}

/**
 * Run, and what is running; a second run may always be queued behind the first.
 * @param {{ busy: boolean, count: number, onCount: (count: number) => void, onRun: () => void }} props
 */
export function RunBar({ busy, count, onCount, onRun }) {
  const { t } = useT();
  const { data } = useRuns();
  const active = activeRuns(data?.runs ?? []);
  const [first] = active;
  return (
    <div className="run-bar">
      {first && <Current run={first} waiting={active.length - 1} />}
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

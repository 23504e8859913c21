/** @import { Run } from '../../services/apiTypes.js' */
import { X } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { useCancelRun } from './useCancelRun.js';
import './runs.css';

/**
 * A node's number means nothing to a person.
 * @param {string | null | undefined} node
 */
const nodeName = (node) => (node && !/^[\d:.]+$/.test(node) ? node : '');

/**
 * A run on its way, with its progress and a way to end it.
 * @param {{ run: Run, waiting?: number, title?: string, preview?: string | null }} props
 */
export function RunNow({ run, waiting = 0, title, preview = null }) {
  const { t } = useT();
  const cancel = useCancelRun();
  const percent = Math.round((run.progress ?? 0) * 100);
  const doing = run.state === 'queued' ? t('runs.queued') : nodeName(run.node) || t('runs.running');
  const left = run.state === 'running' && run.eta_s ? ` · ${t('runs.left', { count: Math.ceil(run.eta_s) })}` : '';
  return (
    <div className="run-now" data-preview={preview !== null || undefined}>
      {preview && <img className="run-now-preview" src={preview} alt={t('runs.preview')} />}
      <div className="run-words">
        <span>{title ? `${title} · ${doing}` : doing}</span>
        <span>
          {run.state === 'running' ? `${percent} %${left}` : ''}
          {waiting > 0 ? ` · ${t('runs.waiting', { count: waiting })}` : ''}
        </span>
      </div>
      <progress max={100} value={percent} aria-label={t('runs.progress')} />
      <IconButton label={t('runs.cancel')} disabled={cancel.isPending} onClick={() => cancel.mutate(run.run_id)}>
        <X size={20} />
      </IconButton>
    </div>
  );
}

/** @import { Run } from '../../services/apiTypes.js' */
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleSlash, History } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { getGalleryItem } from '../../services/api.js';
import { urlOf } from '../../services/request.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { HostState } from './HostState.jsx';
import { RunNow } from './RunNow.jsx';
import { usePreview } from './usePreview.js';
import { activeRuns, useRuns } from './useRuns.js';

// What moves things about is only needed where something waits.
const WaitingRuns = lazy(() => import('./WaitingRuns.jsx').then((m) => ({ default: m.WaitingRuns })));
const OUTPUTS = 6;
const PAST = 15;

/** @param {{ id: string, onOpen: (id: string) => void }} props */
function Output({ id, onOpen }) {
  const item = useQuery({
    queryKey: ['gallery', 'item', id],
    queryFn: ({ signal }) => getGalleryItem(id, signal),
    staleTime: Infinity,
    retry: false,
  });
  if (item.error) return null; // moved to the trash meanwhile
  return (
    <button type="button" aria-label={item.data?.filename ?? id} onClick={() => onOpen(id)}>
      {item.data ? <img src={urlOf(`${item.data.thumb}&w=192`)} alt="" loading="lazy" /> : <Skeleton />}
    </button>
  );
}

/** @param {{ ids: string[], onOpen: (id: string) => void }} props */
function Outputs({ ids, onOpen }) {
  return (
    <div className="run-outputs">
      {ids.slice(0, OUTPUTS).map((id) => (
        <Output key={id} id={id} onOpen={onOpen} />
      ))}
      {ids.length > OUTPUTS && <span className="run-more">+{ids.length - OUTPUTS}</span>}
    </div>
  );
}

/** @param {{ run: Run, onOpen: (id: string) => void, onAgain: (run: Run) => void }} props */
function Finished({ run, onOpen, onAgain }) {
  const { t, lang } = useT();
  const when = new Intl.DateTimeFormat(lang, { dateStyle: 'short', timeStyle: 'short' });
  const Icon = run.state === 'failed' ? CircleAlert : CircleSlash;
  return (
    <li className="run-past" data-state={run.state} data-one={run.outputs.length === 1 || undefined}>
      <div className="run-past-words">
        <strong>{run.title}</strong>
        <span>
          {run.state !== 'done' && <Icon size={16} aria-hidden="true" />}
          {run.state === 'cancelled' && `${t('runs.cancelled')} · `}
          <time>{when.format((run.finished ?? run.created) * 1000)}</time>
        </span>
      </div>
      {run.workflow && (
        <Button variant="quiet" onClick={() => onAgain(run)}>
          {t('runs.again')}
        </Button>
      )}
      {run.error && <p className="field-error">{run.error.message}</p>}
      {run.outputs.length > 0 && <Outputs ids={run.outputs} onOpen={onOpen} />}
    </li>
  );
}

/**
 * What runs, what waits and what is over, the newest first.
 * @param {{ onOpen: (id: string) => void, onAgain: (run: Run) => void }} props
 */
export function RunsList({ onOpen, onAgain }) {
  const { t } = useT();
  const runs = useRuns();
  const [shown, setShown] = useState(PAST);
  const all = runs.data?.runs ?? [];
  const active = activeRuns(all);
  const waiting = active.filter((run) => run.state === 'queued');
  const past = all.filter((run) => !active.includes(run));
  const preview = usePreview(active[0]?.state === 'running' ? active[0].run_id : null);
  if (runs.error) return <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />;
  if (runs.data && all.length === 0)
    return (
      <div className="runs-list">
        <HostState />
        <EmptyState icon={<History size={32} />} title={t('runs.none')} text={t('runs.noneText')} />
      </div>
    );
  return (
    <div className="runs-list">
      {preview && <img className="run-preview" src={preview} alt={t('runs.preview')} />}
      <HostState />
      {active
        .filter((run) => run.state === 'running')
        .map((run) => (
          <RunNow key={run.run_id} run={run} title={run.title} />
        ))}
      {waiting.length > 0 && (
        <Suspense
          fallback={waiting.map((run) => (
            <RunNow key={run.run_id} run={run} title={run.title} />
          ))}
        >
          <WaitingRuns runs={waiting} />
        </Suspense>
      )}
      <ul>
        {past.slice(0, shown).map((run) => (
          <Finished key={run.run_id} run={run} onOpen={onOpen} onAgain={onAgain} />
        ))}
      </ul>
      {past.length > shown && <Button onClick={() => setShown(shown + PAST)}>{t('runs.more')}</Button>}
    </div>
  );
}

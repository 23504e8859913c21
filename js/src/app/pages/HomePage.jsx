import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Pin, Play, Settings, SlidersHorizontal } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { RunNow } from '../../features/runs/RunNow.jsx';
import { activeRuns, useRuns } from '../../features/runs/useRuns.js';
import { AddWorkflows } from '../../features/workflow/AddWorkflows.jsx';
import { useForms } from '../../features/workflow/formStore.js';
import { titleOf } from '../../features/workflow/titleOf.js';
import { usePins } from '../../features/workflow/usePins.js';
import { useWorkflowForm, useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { shownValue } from '../../features/workflow/values.js';
import { useT } from '../../i18n/useT.js';
import { getGallery, getHealth } from '../../services/api.js';
import { urlOf } from '../../services/request.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { useQueueRun } from '../useQueueRun.js';
import './home.css';

const NEWEST = 12;

/** @param {{ workflow: string }} props */
function Continue({ workflow }) {
  const { t } = useT();
  const form = useWorkflowForm(workflow);
  const values = useForms((s) => s.entries[workflow]?.values);
  const run = useQueueRun();
  const prompt = form.data?.fields.find(({ role }) => role === 'positive');
  const text = prompt ? String(shownValue(prompt, values?.[prompt.name]) ?? '') : '';
  return (
    <section className="home-card" aria-label={t('home.continue')}>
      <div className="home-words">
        <h2>{titleOf(workflow)}</h2>
        <p>{text || t('home.continueText')}</p>
      </div>
      <div className="home-actions">
        <Link href="/controls" className="button" data-variant="plain">
          <SlidersHorizontal size={18} aria-hidden="true" />
          {t('home.open')}
        </Link>
        <Button variant="primary" disabled={run.isPending} onClick={() => run.mutate({ workflow })}>
          <Play size={18} fill="currentColor" aria-hidden="true" />
          {t('runs.run')}
        </Button>
      </div>
    </section>
  );
}

function Active() {
  const { t } = useT();
  const active = activeRuns(useRuns().data?.runs ?? []);
  if (active.length === 0) return null;
  return (
    <section className="home-section" aria-label={t('runs.title')}>
      {active.map((run) => (
        <RunNow key={run.run_id} run={run} title={run.title} />
      ))}
    </section>
  );
}

function Newest() {
  const { t } = useT();
  const newest = useQuery({
    queryKey: ['gallery', 'newest'],
    queryFn: ({ signal }) => getGallery({ recursive: true, sort: 'newest', limit: NEWEST, offset: 0 }, signal),
  });
  if (newest.error) return <ErrorState error={newest.error} onRetry={() => void newest.refetch()} />;
  const items = (newest.data?.items ?? []).filter((item) => item.type !== 'directory');
  if (newest.data && items.length === 0) return <p className="home-none">{t('gallery.emptyText')}</p>;
  return (
    <section className="home-section" aria-label={t('home.newest')}>
      <header>
        <h2>{t('home.newest')}</h2>
        <Link href="/gallery">{t('home.all')}</Link>
      </header>
      <div className="home-newest">
        {newest.isPending && Array.from({ length: 8 }, (_, i) => <Skeleton key={i} className="home-tile" />)}
        {items.map((item) => (
          <Link
            key={item.id}
            href={`/gallery?view=${encodeURIComponent(item.id)}`}
            className="home-tile"
            aria-label={item.filename}
          >
            <img src={urlOf(`${item.thumb}&w=256`)} alt="" loading="lazy" />
          </Link>
        ))}
      </div>
    </section>
  );
}

/** @param {{ names: string[] }} props */
function Pinned({ names }) {
  const { t } = useT();
  const [, navigate] = useLocation();
  const { pins } = usePins();
  const shown = pins.filter((name) => names.includes(name));
  if (shown.length === 0) return null;
  return (
    <section className="home-section" aria-label={t('home.pinned')}>
      <header>
        <h2>{t('home.pinned')}</h2>
      </header>
      <ul className="list">
        {shown.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="list-row wide"
              onClick={() => {
                useForms.getState().choose(name);
                navigate('/controls');
              }}
            >
              <Pin size={18} aria-hidden="true" />
              <span className="list-words">
                <strong>{titleOf(name)}</strong>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Index and server in one quiet line; what is wrong, in words. */
function HealthLine() {
  const { t } = useT();
  const { data } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => getHealth(signal),
    refetchInterval: 60_000,
  });
  if (!data) return null;
  const troubles = Object.values(data.parts ?? {}).filter(({ state }) => state !== 'ok');
  const index = /** @type {{ figures?: { total?: number } } | undefined} */ (data.parts?.index);
  const total = index?.figures?.total;
  return (
    <footer className="home-health">
      {troubles.length === 0 && (
        <p>
          <CircleCheck size={16} aria-hidden="true" />
          {total === undefined ? t('home.well') : t('home.wellIndexed', { count: total })}
        </p>
      )}
      {troubles.map(({ message }) => (
        <p key={String(message)} data-state="warning">
          <CircleAlert size={16} aria-hidden="true" />
          {String(message)}
        </p>
      ))}
    </footer>
  );
}

export function HomePage() {
  const { t } = useT();
  const { list, names, current } = useWorkflows();
  return (
    <div className="page scrolls">
      <div className="home">
        <header className="page-head home-head">
          <h1>CozyGen</h1>
          <Link href="/settings" className="icon-button phone-only" aria-label={t('nav.settings')}>
            <Settings size={22} />
          </Link>
        </header>
        {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton style={{ height: 132 }} />}
        {current && <Continue workflow={current} />}
        {list.data && !current && (
          <section className="home-card">
            <div className="home-words">
              <h2>{t('create.none')}</h2>
              <p>{t('create.noneText')}</p>
            </div>
            <AddWorkflows />
          </section>
        )}
        <Active />
        <Newest />
        <Pinned names={names} />
        <HealthLine />
      </div>
    </div>
  );
}

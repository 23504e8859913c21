/** @import { Schemas } from '../../services/apiTypes.js' */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { bytes } from '../../features/viewer/facts.js';
import { useT } from '../../i18n/useT.js';
import { clearThumbs, controlWarming, getWarming } from '../../services/api.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Progress } from '../../ui/primitives/Progress.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import './thumbnails.css';

const KEY = ['warming'];
const LOOK_EVERY_MS = 2000;
/** @typedef {Schemas['WarmingReply']} WarmingReply */
const GOING = ['running', 'waiting', 'paused'];

/** @param {WarmingReply} warming */
const isGoing = ({ state }) => GOING.includes(state);

/** How far it is, in words and as a bar. @param {{ warming: WarmingReply }} props */
function HowFar({ warming }) {
  const { t, lang } = useT();
  const count = (/** @type {number} */ number) => new Intl.NumberFormat(lang).format(number);
  const { done, total, failed, per_second: speed } = warming;
  const numbers = { done: count(done), total: count(total), speed: count(speed) };
  return (
    <div className="thumbnails-progress" role="status">
      {isGoing(warming) && <Progress label={t('thumbnails.title')} value={total > 0 ? (100 * done) / total : null} />}
      <p className="field-hint">
        {t(`thumbnails.state.${warming.state}`, numbers)}
        {failed > 0 && ` ${t('thumbnails.failed', { count: failed })}`}
      </p>
    </div>
  );
}

/** What can be done in a state. @param {{ state: WarmingReply['state'], act: (action: 'start' | 'pause' | 'stop') => void }} props */
function Actions({ state, act }) {
  const { t } = useT();
  const idle = !GOING.includes(state);
  return (
    <div className="thumbnails-actions">
      {idle && <Button onClick={() => act('start')}>{t('thumbnails.start')}</Button>}
      {state === 'paused' && (
        <Button variant="primary" onClick={() => act('start')}>
          {t('thumbnails.resume')}
        </Button>
      )}
      {!idle && state !== 'paused' && <Button onClick={() => act('pause')}>{t('thumbnails.pause')}</Button>}
      {!idle && (
        <Button variant="quiet" onClick={() => act('stop')}>
          {t('thumbnails.stop')}
        </Button>
      )}
    </div>
  );
}

/** What the cache takes, and emptying it. @param {{ warming: WarmingReply }} props */
function Cache({ warming }) {
  const { t, lang } = useT();
  const client = useQueryClient();
  const clear = useMutation({
    mutationFn: clearThumbs,
    onSuccess: ({ files, freed_bytes: freed }) =>
      toasts.add({ title: t('thumbnails.cleared', { count: files, size: bytes(freed, lang) }) }),
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const sizes = { size: bytes(warming.cache_bytes, lang), limit: bytes(warming.cache_limit_bytes, lang) };
  return (
    <div className="thumbnails-row">
      <p>{t('thumbnails.cache', sizes)}</p>
      <Button disabled={clear.isPending || warming.cache_bytes === 0} onClick={() => clear.mutate()}>
        {t('thumbnails.clear')}
      </Button>
    </div>
  );
}

/** Thumbnails: made ahead where nobody waits for them, and the room they take. */
export function Thumbnails() {
  const { t } = useT();
  const client = useQueryClient();
  const id = useId();
  const [wish, setWish] = useState(/** @type {boolean | null} */ (null));
  const warming = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => getWarming(signal),
    refetchInterval: (query) => (query.state.data && isGoing(query.state.data) ? LOOK_EVERY_MS : false),
  });
  const control = useMutation({
    mutationFn: controlWarming,
    onSuccess: (reply) => client.setQueryData(KEY, reply),
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
  });
  if (warming.isError) return <ErrorState message={warming.error.message} onRetry={() => warming.refetch()} />;
  if (!warming.data) return <Skeleton style={{ height: 160 }} />;
  const { state, only_when_idle: onlyWhenIdle } = warming.data;
  const idle = wish ?? onlyWhenIdle;
  const act = (/** @type {'start' | 'pause' | 'stop'} */ action, now = idle) =>
    control.mutate({ action, only_when_idle: now });
  /** The server takes it with a start; until then it is kept here. @param {boolean} next */
  const change = (next) => {
    setWish(next);
    if (state === 'running' || state === 'waiting') act('start', next);
  };
  return (
    <div className="thumbnails">
      <HowFar warming={warming.data} />
      <div className="thumbnails-row">
        <label htmlFor={id}>{t('thumbnails.idle')}</label>
        <Switch id={id} checked={idle} onChange={change} />
      </div>
      <Actions state={state} act={act} />
      <Cache warming={warming.data} />
    </div>
  );
}

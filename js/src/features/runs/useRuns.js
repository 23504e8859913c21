/** @import { Run, RunList } from '../../services/apiTypes.js' */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useT } from '../../i18n/useT.js';
import { getRuns } from '../../services/api.js';
import { listen } from '../../services/live.js';
import { toasts } from '../../ui/primitives/toasts.js';
import { foldEvent } from './foldEvent.js';

export { activeRuns } from './runOrder.js';

const KEY = ['runs'];

/** The runs, newest first, as they go; nothing is asked while nobody is signed in. */
export function useRuns() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => getRuns(signal), staleTime: Infinity });
}

/** Keeps the list of runs true, and says how a run ended; mounted once, by the shell. */
export function useFollowRuns() {
  const client = useQueryClient();
  const { t } = useT();
  const say = useEffectEvent((/** @type {Run} */ run) => {
    if (run.state === 'failed')
      toasts.add({ title: run.error?.message ?? t('runs.failed'), type: 'error', timeout: 0 });
    if (run.state === 'done')
      toasts.add({
        title: t('runs.done', { title: run.title }),
        actionProps: { children: t('runs.show'), onClick: () => location.assign('#/gallery') },
      });
  });
  useEffect(
    () =>
      listen((event) => {
        const known = /** @type {RunList | undefined} */ (client.getQueryData(KEY));
        if (event.name === 'run' && isNews(known, event.data)) say(event.data);
        const next = foldEvent(known, event);
        if (next === 'ask') client.invalidateQueries({ queryKey: KEY });
        else if (next) client.setQueryData(KEY, next);
      }),
    [client],
  );
}

/**
 * Whether a run is told to be over for the first time; later its pictures are told once more.
 * @param {RunList | undefined} known @param {Run} run
 */
const isNews = (known, run) => known?.runs.find(({ run_id }) => run_id === run.run_id)?.state !== run.state;

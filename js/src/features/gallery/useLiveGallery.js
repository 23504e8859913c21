/** @import { Filter } from './filter.js' */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { listen } from '../../services/live.js';
import { ApiError } from '../../services/request.js';
import { adopt } from './adopt.js';
import { changeFor } from './changes.js';
import { headKey } from './useGallery.js';

/** Pictures of one batch come together. */
const GATHER_MS = 150;
/** A head younger than this was read for this very view. */
const SETTLED_MS = 3000;

/**
 * Keeps a listing as the library is. Nothing moves while `held`; what came meanwhile is taken afterwards.
 * @param {Filter} filter
 * @param {{
 *   held: boolean,
 *   looking: (gone: Set<string>) => { anchor: { id: string, index: number } | null, seen: number },
 *   onCreated: (count: number) => void,
 *   onRemoved?: (ids: Set<string>) => void,
 *   outdated: boolean,
 * }} options
 */
export function useLiveGallery(filter, { held, looking, onCreated, onRemoved, outdated }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(0);
  const waiting = useRef({
    timer: 0,
    due: false,
    busy: false,
    created: 0,
    removed: /** @type {Set<string>} */ (new Set()),
  });

  /** Whether more came meanwhile. */
  const take = useEffectEvent(async () => {
    const w = waiting.current;
    if (held || w.busy || !w.due) return false;
    const { created, removed } = w;
    Object.assign(w, { due: false, busy: true, created: 0, removed: new Set() });
    let failed = false;
    try {
      await adopt(client, filter, looking(/** @type {Set<string>} */ (removed)));
      await client.invalidateQueries({ queryKey: ['gallery', 'timeline'] });
      if (created > 0) onCreated(created);
      if (removed.size > 0) onRemoved?.(/** @type {Set<string>} */ (removed));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // the shell says that the server is away
      failed = true;
    } finally {
      w.busy = false;
    }
    const again = w.due && !failed;
    if (failed) w.due = true;
    return again;
  });

  const soon = useEffectEvent(() => {
    const w = waiting.current;
    w.due = true;
    clearTimeout(w.timer);
    w.timer = window.setTimeout(async () => {
      while (await take()); // more came while it was busy
    }, GATHER_MS);
  });

  useEffect(() => {
    const w = waiting.current;
    const since = client.getQueryState(headKey(filter))?.dataUpdatedAt ?? 0;
    if (since > 0 && Date.now() - since > SETTLED_MS) soon(); // nobody listened while another page was open
    const stop = listen((event) => {
      const change = changeFor(event, filter);
      if (!change) return;
      w.created += change.created;
      for (const id of change.removed) w.removed.add(id);
      soon();
    });
    return () => {
      stop();
      clearTimeout(w.timer);
    };
  }, [filter, client]);

  useEffect(() => {
    if (!held && waiting.current.due) take();
  }, [held]);
  useEffect(() => {
    if (outdated) soon();
  }, [outdated]);
  useEffect(() => {
    if (asked > 0) soon();
  }, [asked]);

  /** Looks after a change of one's own: the stream may be silent. */
  return useCallback((/** @type {Iterable<string>} */ gone) => {
    for (const id of gone) waiting.current.removed.add(id);
    setAsked((was) => was + 1);
  }, []);
}

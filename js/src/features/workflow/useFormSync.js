/** @import { StoredValues } from '../../services/apiTypes.js' */
/** @import { Entry } from './formStore.js' */
import { useQueryClient, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { getFormValues, putFormValues } from '../../services/api.js';
import { ApiError } from '../../services/request.js';
import { untouched, useForms } from './formStore.js';
import { merged } from './mergeValues.js';
import { takeOverArrangement } from './takeOver.js';

const QUIET_MS = 900;
const AGAIN_MS = 10_000;

const entryOf = (/** @type {string} */ workflow) => useForms.getState().entries[workflow] ?? untouched;

/**
 * Takes in what the server has; edits of this device that it has not got stay on top.
 * @param {string} workflow
 * @param {StoredValues} stored
 * @param {string | null} etag
 */
function takeIn(workflow, stored, etag) {
  const entry = entryOf(workflow);
  if (etag === (entry.etag ?? null) && !entry.old) return;
  const taken = entry.old ? { old: false, dirty: true } : {};
  useForms.getState().settle(workflow, { ...merged(entry, stored), etag, ...taken });
}

/** @param {string} workflow @param {Entry} entry what is written */
async function write(workflow, entry) {
  const { values, bypassed, seeds } = entry;
  const { etag } = await putFormValues(workflow, { values, bypassed, seeds }, entry.etag ?? null);
  const now = entryOf(workflow);
  const same = now.values === values && now.bypassed === bypassed && now.seeds === seeds;
  useForms.getState().settle(workflow, { etag, dirty: !same });
  return { answer: { workflow, values, bypassed, seeds, updated: null, problems: [] }, etag };
}

/**
 * Keeps the values of a form the same on all devices of the account. What cannot be sent stays on this
 * device, marked, and is tried again until it can.
 * @param {string} workflow
 * @returns {ApiError | null} why the server has not got the newest edits
 */
export function useFormSync(workflow) {
  const client = useQueryClient();
  const key = ['formValues', workflow];
  const stored = useQuery({ queryKey: key, queryFn: ({ signal }) => getFormValues(workflow, signal), staleTime: 5000 });
  const entry = useForms((s) => s.entries[workflow] ?? untouched);
  const take = useEffectEvent(takeIn);
  useEffect(() => {
    if (stored.data) take(workflow, stored.data.answer, stored.data.etag);
  }, [stored.data, workflow]);
  const takeOver = useEffectEvent(async () => {
    if (await takeOverArrangement(workflow)) await client.invalidateQueries({ queryKey: ['form', workflow] });
  });
  useEffect(() => {
    if (stored.isSuccess) void takeOver();
  }, [stored.isSuccess, workflow]);
  const [failure, setFailure] = useState(/** @type {ApiError | null} */ (null));
  const send = useEffectEvent(async () => {
    try {
      await client.cancelQueries({ queryKey: key }); // an answer from before the write would undo it
      client.setQueryData(key, await write(workflow, entryOf(workflow)));
      setFailure(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 412) await client.invalidateQueries({ queryKey: key });
      else setFailure(error);
    }
  });
  const ready = stored.isSuccess && entry.dirty === true;
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(send, QUIET_MS);
    const again = setInterval(send, AGAIN_MS);
    return () => {
      clearTimeout(timer);
      clearInterval(again);
    };
  }, [ready, entry]);
  return entry.dirty ? failure : null;
}

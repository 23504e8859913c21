/** @import { Run, RunList } from '../../services/apiTypes.js' */
/** @import { LiveEvent } from '../../services/sse.js' */

/**
 * The list of runs after an event: a new list, 'ask' when only the server knows, null when nothing changed.
 * @param {RunList | undefined} list
 * @param {LiveEvent} event
 * @returns {RunList | 'ask' | null}
 */
export function foldEvent(list, { name, data }) {
  if (['reset', 'poll'].includes(name)) return 'ask';
  if (name === 'host' && list) return { ...list, connected: data.connected, message: data.message };
  if (name === 'gone' && list) return { ...list, runs: list.runs.filter((run) => !data.run_ids.includes(run.run_id)) };
  if (name === 'run') return withRun(list, data.run ?? data);
  if (name !== 'progress' || !list) return null;
  const at = list.runs.findIndex((run) => run.run_id === data.run_id);
  const run = list.runs[at];
  if (!run || !['queued', 'running'].includes(run.state)) return null;
  const moved = { ...run, state: /** @type {const} */ ('running'), ...data };
  return { ...list, runs: list.runs.with(at, moved) };
}

/** @param {RunList | undefined} list @param {Run} run */
function withRun(list, run) {
  if (!list || !run.run_id) return 'ask';
  const at = list.runs.findIndex((known) => known.run_id === run.run_id);
  if (at < 0) return { ...list, runs: [run, ...list.runs] };
  return { ...list, runs: list.runs.with(at, { .../** @type {Run} */ (list.runs[at]), ...run }) };
}

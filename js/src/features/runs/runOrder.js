/** @import { Run, RunList } from '../../services/apiTypes.js' */

/** @param {Run} a @param {Run} b which the host takes first */
const byNumber = (a, b) => a.number - b.number || a.created - b.created;

/** @param {Run[]} runs those that are not over: the running one, then what waits, the next first */
export function activeRuns(runs) {
  const running = runs.filter((run) => run.state === 'running');
  return [...running, ...runs.filter((run) => run.state === 'queued').sort(byNumber)];
}

/**
 * The list as it will be when the host has taken the order: the same numbers, dealt out anew.
 * @template {RunList | undefined} T
 * @param {T} list @param {string[]} ids
 */
export function reordered(list, ids) {
  if (!list) return list;
  const waiting = list.runs.filter((run) => ids.includes(run.run_id));
  const numbers = waiting.map((run) => run.number).sort((a, b) => a - b);
  const numberOf = (/** @type {Run} */ run) => numbers[ids.indexOf(run.run_id)] ?? run.number;
  return {
    ...list,
    runs: list.runs.map((run) => (ids.includes(run.run_id) ? { ...run, number: numberOf(run) } : run)),
  };
}

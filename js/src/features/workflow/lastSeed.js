/** @import { RunList } from '../../services/apiTypes.js' */
import { own } from './values.js';

/**
 * The seed with which a workflow was run last.
 * @param {RunList | undefined} list newest first
 * @param {string} workflow
 * @param {string} name of the seed's field
 */
export function lastSeed(list, workflow, name) {
  const run = list?.runs.find((each) => each.workflow === workflow && own(each.values, name) !== undefined);
  const seed = own(run?.values, name);
  return typeof seed === 'string' || typeof seed === 'number' ? seed : null;
}

/** @import { FieldValue, StoredValues } from '../../services/apiTypes.js' */
/** @import { Entry } from './formStore.js' */

/**
 * What a form shows after the server's values arrived: theirs, and over them the edits made here that the
 * server has not got. What the predecessor left lies below theirs.
 * @param {Entry} mine
 * @param {Pick<StoredValues, 'values' | 'bypassed' | 'seeds'>} theirs
 * @returns {Pick<Entry, 'values' | 'bypassed' | 'seeds'>}
 */
export function merged(mine, theirs) {
  const values = /** @type {Record<string, FieldValue>} */ (theirs.values);
  const seeds = /** @type {Entry['seeds']} */ (theirs.seeds);
  if (mine.old && !mine.dirty)
    return {
      values: { ...mine.values, ...values },
      seeds: { ...mine.seeds, ...seeds },
      bypassed: [...new Set([...theirs.bypassed, ...mine.bypassed])],
    };
  if (!mine.dirty) return { values, seeds, bypassed: theirs.bypassed };
  return {
    values: { ...values, ...mine.values },
    seeds: { ...seeds, ...mine.seeds },
    bypassed: mine.bypassed,
  };
}

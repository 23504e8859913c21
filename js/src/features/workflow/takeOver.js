import { putFormSettings } from '../../services/api.js';
import { keep, kept } from '../../services/keep.js';
import { oldArrangement } from '../../services/predecessor.js';
import { ApiError } from '../../services/request.js';

const KEY = 'cozygen.tookOver';

/**
 * Gives the server the order of fields that the predecessor kept in this browser, unless the server has one; once
 * for each workflow.
 * @param {string} workflow
 * @returns {Promise<boolean>} whether the form looks different now
 */
export async function takeOverArrangement(workflow) {
  const { workflows } = kept(KEY, { workflows: /** @type {string[]} */ ([]) });
  const old = oldArrangement(workflow);
  if (!old || workflows.includes(workflow)) return false;
  const done = () => keep(KEY, { workflows: [...workflows, workflow] });
  try {
    await putFormSettings(workflow, { ...old, pinned: [], labels: {} }, null);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 412 || error.status === 428) done();
    return false;
  }
  done();
  return true;
}

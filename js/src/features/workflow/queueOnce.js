/** @import { QueueBody } from '../../services/apiTypes.js' */
import { queueRun } from '../../services/api.js';
import { ApiError } from '../../services/request.js';
import { uuid } from '../../services/uuid.js';

/** The last order whose answer was lost: nobody knows whether the server has taken it. */
let unanswered = { order: '', key: '' };

/** @param {unknown} error whether the order may have been taken all the same */
const isLost = (error) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

/**
 * Queue an order. The same one after a lost answer goes under its first key, so that a second tap is no second run.
 * @param {Omit<QueueBody, 'idempotency_key'>} wanted
 */
export async function queueOnce(wanted) {
  const order = JSON.stringify(wanted);
  const key = unanswered.order === order ? unanswered.key : uuid();
  unanswered = { order: '', key: '' };
  try {
    return await queueRun({ ...wanted, idempotency_key: key });
  } catch (error) {
    if (isLost(error)) unanswered = { order, key };
    throw error;
  }
}

/** @import { Key, Vars } from '../../i18n/translate.js' */
import { ApiError } from '../../services/request.js';

/**
 * What to say when a password was not taken.
 * @param {unknown} error
 * @param {Key} [wrong] for a password that does not fit
 * @returns {{ key: Key, vars?: Vars } | null} null: the server's own sentence is best
 */
export function refusalWords(error, wrong = 'login.wrong') {
  if (!(error instanceof ApiError)) return null;
  if (error.code === 'invalid_credentials') return { key: wrong };
  if (error.status === 429) return { key: 'login.wait', vars: { count: Math.ceil(error.details.retry_after ?? 60) } };
  return null;
}

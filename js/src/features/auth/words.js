/** @import { Key, Vars } from '../../i18n/translate.js' */
import { ApiError } from '../../services/request.js';

/**
 * What to say when signing in did not work.
 * @param {unknown} error
 * @returns {{ key: Key, vars?: Vars } | null} null: the server's own sentence is best
 */
export function refusalWords(error) {
  if (!(error instanceof ApiError)) return null;
  if (error.code === 'invalid_credentials') return { key: 'login.wrong' };
  if (error.status === 429) return { key: 'login.wait', vars: { count: Math.ceil(error.details.retry_after ?? 60) } };
  return null;
}

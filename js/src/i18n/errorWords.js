/** @import { Words } from './useT.js' */

/** A sentence of a stranger may be a whole page. */
const LONGEST = 300;

/** @typedef {{ message: string, status?: number, code?: string, details?: Record<string, any> }} Failure */

/**
 * What went wrong, in the person's language where the cause is known; else the server's own sentence.
 * @param {Failure} error
 * @param {Words['t']} t
 */
export function errorWords({ message, status, code, details }, t) {
  if (status === 0) return t(code === 'slow' ? 'error.slow' : 'error.unreachable');
  if (code === 'malformed') return t(Number(status) >= 502 ? 'error.proxy' : 'error.malformed');
  const wait = Number(details?.retry_after);
  if (status === 429) return wait > 0 ? t('error.wait', { count: Math.ceil(wait) }) : t('error.busy');
  return message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
}

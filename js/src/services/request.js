/** The only place that talks to the network by `fetch`. */

/** How long an ordinary answer may take before it counts as lost. */
const PATIENCE_MS = 30_000;

/** An answer that is not the one asked for, or none at all (`status` 0). */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} code the stable `error` of the server, or `unreachable`, `slow`, `malformed`
   * @param {string} message a sentence for a person
   * @param {Record<string, any>} [details]
   */
  constructor(status, code, message, details = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** @type {Set<(error: ApiError | null) => void>} */
const listeners = new Set();

/**
 * Hear of every outcome: null for an answer, the error otherwise.
 * @param {(error: ApiError | null) => void} listener
 */
export function onOutcome(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {ApiError | null} error */
const tell = (error) => listeners.forEach((listener) => listener(error));

/**
 * @param {string} path relative to the page, so that a proxy's sub-path does not matter
 * @param {Record<string, any>} [query] undefined, null and '' are left out; true is 1, false 0
 */
export function urlOf(path, query = {}) {
  const url = new URL(path, new URL('./', document.baseURI));
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    url.searchParams.set(name, typeof value === 'boolean' ? String(Number(value)) : String(value));
  }
  return url.href;
}

/** @param {Response} response @returns {Promise<any>} */
async function bodyOf(response) {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable(response.status);
  }
}

/** @param {number} status */
const unreadable = (status) =>
  new ApiError(status, 'malformed', `The server answered with something unreadable (${status}).`);

/**
 * @param {number} status
 * @param {string | null} retryAfter the header, in seconds
 * @param {any} body
 */
export function refusalOf(status, retryAfter, body) {
  const details = { ...body?.details };
  const wait = Number(retryAfter);
  if (wait > 0) details.retry_after = wait;
  const message = body?.message ?? `The server answered ${status}.`;
  return new ApiError(status, body?.error ?? 'error', message, details);
}

/** @param {Response} response @param {any} body */
const refusal = (response, body) => refusalOf(response.status, response.headers.get('retry-after'), body);

/**
 * An abort that comes from the caller or from impatience, and says which.
 * @param {AbortSignal} [outer]
 */
function patience(outer) {
  const inner = new AbortController();
  const giveUp = () => inner.abort(outer?.reason);
  const timer = setTimeout(
    () => inner.abort(new ApiError(0, 'slow', 'The server took too long to answer.')),
    PATIENCE_MS,
  );
  if (outer?.aborted) giveUp();
  outer?.addEventListener('abort', giveUp);
  const done = () => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', giveUp);
  };
  return { signal: inner.signal, done };
}

/**
 * @typedef {object} Options
 * @property {string} [method]
 * @property {Record<string, any>} [query]
 * @property {unknown} [body] sent as JSON; a FormData goes as it is
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {string[]} [lists] what must be a list in the answer, or it is another server's
 */

/** @param {AbortSignal | undefined} signal @returns {Promise<never>} */
const aborted = (signal) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));

/**
 * The answer that worker/boot.js asked for before the app was there. Each is taken once; none after something was
 * changed or refused, so that what was asked before signing in is not taken afterwards.
 * @param {string} url @param {string} method @param {AbortSignal | undefined} signal
 * @returns {Promise<Response | null>} null: ask for it now
 */
async function takeEarly(url, method, signal) {
  const { cozygenEarly: early } = /** @type {{ cozygenEarly?: Map<string, Promise<Response>> }} */ (globalThis);
  if (method !== 'GET') early?.clear();
  const answer = early?.get(url);
  if (!early || !answer) return null;
  early.delete(url);
  const response = await Promise.race([answer.catch(() => null), aborted(signal)]);
  if (response?.ok) return response;
  early.clear();
  return null;
}

/** @param {string} path @param {Options} options */
async function exchange(path, { method = 'GET', query, body, headers = {}, signal, lists = [] }) {
  const form = body instanceof FormData;
  const json = body !== undefined && !form;
  const url = urlOf(path, query);
  const early = await takeEarly(url, method, signal);
  const response =
    early ??
    (await fetch(url, {
      method,
      headers: { accept: 'application/json', ...(json && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
      credentials: 'same-origin',
      ...(signal && { signal }),
    }));
  const answer = await bodyOf(response);
  if (!response.ok) throw refusal(response, answer);
  if (!lists.every((name) => Array.isArray(answer?.[name]))) throw unreadable(response.status);
  return { answer, etag: response.headers.get('etag') };
}

/** @param {unknown} error @param {AbortSignal} signal */
function named(error, signal) {
  if (error instanceof ApiError) return error;
  if (signal.reason instanceof ApiError) return signal.reason;
  if (error instanceof TypeError) return new ApiError(0, 'unreachable', 'The server does not answer.');
  return null; // an abort by the caller stays what it is
}

/**
 * The answer together with its ETag, for documents that are written back.
 * @param {string} path
 * @param {Options} [options]
 */
export async function requestWithTag(path, options = {}) {
  const { signal, done } = patience(options.signal);
  try {
    const result = await exchange(path, { ...options, signal });
    tell(null);
    return result;
  } catch (error) {
    const known = named(error, signal);
    if (!known) throw error;
    tell(known);
    throw known;
  } finally {
    done();
  }
}

/**
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>}
 */
export async function request(path, options) {
  return (await requestWithTag(path, options)).answer;
}

/**
 * An answer that stays open, as text that arrives piece by piece.
 * @param {string} path
 * @param {{ query?: Record<string, any>, headers?: Record<string, string>, signal: AbortSignal }} options
 * @returns {Promise<AsyncIterable<string>>}
 */
export async function requestStream(path, { query, headers = {}, signal }) {
  try {
    const response = await fetch(urlOf(path, query), {
      headers: { accept: 'text/event-stream', ...headers },
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    });
    if (!response.ok || !response.body) throw refusal(response, await bodyOf(response));
    tell(null);
    return piecesOf(response.body, signal);
  } catch (error) {
    const known = named(error, signal);
    if (!known) throw error;
    tell(known);
    throw known;
  }
}

/** @param {ReadableStream<Uint8Array>} body @param {AbortSignal} signal */
async function* piecesOf(body, signal) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw named(error, signal) ?? error;
  } finally {
    reader.releaseLock();
  }
}

/**
 * One event stream for the whole tab, closed while nobody looks (browsers allow six connections to a
 * server). Where the stream is silent or impossible, listeners are told to look for themselves.
 * @import { LiveEvent } from './sse.js'
 */
import { create } from 'zustand';
import { ApiError, requestStream } from './request.js';
import { makeParser } from './sse.js';

const TOPICS = 'gallery,runs,documents,tags';
/** The server sends at least a comment every 15 s. */
const SILENCE_MS = 35_000;
const POLL_MS = 8_000;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;

/** @type {Set<(event: LiveEvent) => void>} */
const listeners = new Set();
let previews = false;
let lookers = 0;
let lastId = '';
/** @type {AbortController | null} */
let open = null;

/** `live`: events arrive; `polling`: listeners are told to look; `off`: nobody looks or signed out. */
export const useLive = create(
  /** @type {import('zustand').StateCreator<{ state: 'off' | 'live' | 'polling' }>} */ (() => ({ state: 'off' })),
);
const become = (/** @type {'off' | 'live' | 'polling'} */ state) =>
  useLive.getState().state !== state && useLive.setState({ state });

/** @param {LiveEvent} event */
const tell = (event) => listeners.forEach((listener) => listener(event));

/**
 * Hear everything that happens. `poll` means: look for yourself; `reset`: more happened than can be told.
 * @param {(event: LiveEvent) => void} listener
 */
export function listen(listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** @param {AbortController} controller */
async function readStream(controller) {
  let silence = 0;
  const heard = () => {
    clearTimeout(silence);
    silence = window.setTimeout(() => controller.abort(), SILENCE_MS);
  };
  heard();
  try {
    const parser = makeParser();
    const pieces = await requestStream('api/events', {
      query: { topics: TOPICS, ...(previews && { previews: true }) },
      headers: lastId ? { 'last-event-id': lastId } : {},
      signal: controller.signal,
    });
    for await (const piece of pieces) {
      heard();
      become('live');
      const events = parser.push(piece);
      lastId = parser.lastId || lastId;
      events.forEach(tell);
    }
  } finally {
    clearTimeout(silence);
  }
}

/** @param {number} ms @param {AbortSignal} signal */
const pause = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });

/** @param {AbortController} session ends it all */
async function keepOpen(session) {
  let retry = FIRST_RETRY_MS;
  while (!session.signal.aborted) {
    const once = new AbortController();
    const stop = () => once.abort();
    session.signal.addEventListener('abort', stop);
    const started = Date.now();
    try {
      await readStream(once);
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof DOMException)) throw error;
    }
    session.signal.removeEventListener('abort', stop);
    if (session.signal.aborted) return;
    if (Date.now() - started > LAST_RETRY_MS) retry = FIRST_RETRY_MS;
    else become('polling');
    await pause(retry, session.signal);
    retry = Math.min(LAST_RETRY_MS, retry * 1.6);
  }
}

function start() {
  if (open) return;
  open = new AbortController();
  keepOpen(open);
}

function stop() {
  open?.abort();
  open = null;
  become('off');
}

/**
 * Whether live pictures of running jobs are wanted, by one more or one fewer; they cost bandwidth.
 * @param {boolean} wanted
 */
export function wantPreviews(wanted) {
  lookers = Math.max(0, lookers + (wanted ? 1 : -1));
  if (lookers > 0 === previews) return;
  previews = lookers > 0;
  if (!open) return;
  stop();
  start();
}

/**
 * Keeps the stream open while the page is seen and `allowed` says so.
 * @param {() => boolean} allowed
 * @returns {() => void} to be called when `allowed` may have changed
 */
export function followLive(allowed) {
  const decide = () => (allowed() && document.visibilityState === 'visible' ? start() : stop());
  document.addEventListener('visibilitychange', decide);
  setInterval(() => useLive.getState().state === 'polling' && tell({ name: 'poll', data: {} }), POLL_MS);
  decide();
  return decide;
}

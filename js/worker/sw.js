/// <reference lib="webworker" />
// The app's own files, kept so that it opens without the network. scripts/serviceWorker.mjs fills in which files and
// which build. Nothing of the server is kept: pictures and answers always come from it, and so does the login.
const sw = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
/** @type {string[]} */
const FILES = JSON.parse('__FILES__');
const PREFIX = 'cozygen-shell-';
const SHELL = `${PREFIX}__BUILD__`;
const base = new URL('./', sw.location.href);

/** @param {string} name @param {Cache} cache hashed names never change: what an older build kept is taken over */
async function keep(name, cache) {
  const url = new URL(name, base).href;
  const known = name.startsWith('assets/') ? await caches.match(url) : undefined;
  const answer = known ?? (await fetch(url, { cache: 'no-cache' }));
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  await cache.put(url, answer);
}

async function install() {
  const cache = await caches.open(SHELL);
  await Promise.all(FILES.map((name) => keep(name, cache)));
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== SHELL).map((name) => caches.delete(name)),
  );
  await sw.clients.claim();
}

/** The kept file that answers a request; null for everything that is the server's. @param {Request} request */
function fileOf(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== base.origin || request.headers.has('range')) return null;
  if (!url.pathname.startsWith(base.pathname)) return null;
  const name = url.pathname.slice(base.pathname.length);
  if (request.mode === 'navigate') return name === '' || name === 'index.html' ? 'index.html' : null;
  return FILES.includes(name) ? name : null;
}

/** @param {string} name @param {Request} request */
async function answer(name, request) {
  const cache = await caches.open(SHELL);
  return (await cache.match(new URL(name, base).href)) ?? fetch(request);
}

sw.addEventListener('install', (event) => event.waitUntil(install()));
sw.addEventListener('activate', (event) => event.waitUntil(activate()));
sw.addEventListener('message', (event) => void (event.data === 'take-over' && sw.skipWaiting()));
sw.addEventListener('fetch', (event) => {
  const name = fileOf(event.request);
  if (name !== null) event.respondWith(answer(name, event.request));
});

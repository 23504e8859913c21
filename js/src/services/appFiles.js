/** Keeps the app's own files in the browser, so that it opens without the network; only https and localhost allow it. */
import { create } from 'zustand';

/** Whether a newer build of the app waits to take over. */
export const useNewBuild = create(
  /** @type {import('zustand').StateCreator<{ waits: boolean }>} */ (() => ({ waits: false })),
);

/** @param {ServiceWorkerRegistration} registration @param {ServiceWorkerContainer} workers */
const offer = ({ waiting }, { controller }) => void (waiting && controller && useNewBuild.setState({ waits: true }));

/** @param {ServiceWorkerContainer | undefined} [workers] absent on plain http */
export async function keepAppFiles(workers = navigator.serviceWorker) {
  if (!workers) return;
  let mine = Boolean(workers.controller);
  workers.addEventListener('controllerchange', () => {
    if (mine) location.reload();
    mine = true;
  });
  try {
    const registration = await workers.register(new URL('sw.js', document.baseURI).href, { updateViaCache: 'none' });
    offer(registration, workers);
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', () => offer(registration, workers)),
    );
  } catch (error) {
    // A browser may forbid it (private windows); the app works without.
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
  }
}

/** @param {ServiceWorker} worker when it has all files, it takes over, and the page is loaded again */
function takeOverWhenReady(worker) {
  const take = () => worker.state === 'installed' && worker.postMessage('take-over');
  worker.addEventListener('statechange', take);
  take();
}

/** Loads the page again, as the server has it now and not as it was kept. */
export async function reloadFresh() {
  const registration = await navigator.serviceWorker?.getRegistration();
  const found = await registration?.update().catch(() => undefined); // the server is away: what is kept has to do
  const worker = found?.installing ?? registration?.waiting;
  if (worker) takeOverWhenReady(worker);
  else location.reload();
}

// Runs before the app's own code has arrived: asks for the files of the page that is opened, and for its first answers,
// so that they come together and not one after another. scripts/boot.mjs fills in which files; services/request.js
// takes the answers.
(() => {
  /** @type {Record<string, string[]>} */
  const FILES = JSON.parse('__FILES__');
  /** @type {Record<string, string[]>} */
  const ASKS = {
    '/studio': ['workflows', 'api/gallery?recursive=1&sort=newest&limit=12&offset=0'],
    '/controls': ['workflows'],
    '/compose': ['workflows'],
  };
  const path = location.hash.replace(/^#?\/?/, '/').split('?', 1)[0] ?? '/';
  const page = path === '/' ? '/studio' : path;

  for (const file of FILES[page] ?? []) {
    const link = document.createElement('link');
    link.href = file;
    if (file.endsWith('.css')) Object.assign(link, { rel: 'preload', as: 'style' });
    else Object.assign(link, { rel: 'modulepreload', crossOrigin: '' });
    document.head.append(link);
  }

  /** The form that was open last. */
  function lastForm() {
    try {
      const { workflow } = JSON.parse(localStorage.getItem('cozygen.forms') ?? '{}');
      const name = String(workflow ?? '')
        .split('/')
        .map(encodeURIComponent)
        .join('/');
      return name ? [`api/workflows/${name}/form`] : [];
    } catch {
      return []; // nothing kept, or storage is forbidden
    }
  }

  const asks = [...(ASKS[page] ?? []), ...(page in ASKS ? lastForm() : []), 'api/auth_status', 'api/runs?limit=50'];
  /** @type {Map<string, Promise<Response>>} */
  const early = new Map();
  for (const ask of asks) {
    const url = new URL(ask, document.baseURI).href;
    const answer = fetch(url, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
    answer.catch(() => undefined); // whoever takes it hears of it
    early.set(url, answer);
  }
  Object.assign(globalThis, { cozygenEarly: early });
  setTimeout(() => early.clear(), 5000); // later they would be old
})();

// Written into the page, before the app's own code has arrived: asks for the files of the page that is opened and for
// its first answers, so that they come together and not one after another. scripts/boot.mjs fills in which files;
// services/request.js takes the answers. Six at a time is what a browser asks of a server over HTTP/1.1.
(() => {
  /** @type {Record<string, string[]>} */
  const FILES = JSON.parse('__FILES__');
  const here = location.hash.slice(1) || '/studio';
  const path = here.split('?', 1)[0] ?? '';
  const page = path === '/' ? '/studio' : path;
  const root = document.documentElement;

  /** @param {string} key @returns {Record<string, any>} what was kept on this device */
  function kept(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
    } catch {
      return {}; // nothing that can be read, or storage is forbidden
    }
  }

  const { theme, density, language } = kept('cozygen.preferences');
  const light = theme === 'light' || (theme !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  root.dataset.theme = light ? 'light' : 'dark';
  root.dataset.density = String(density ?? 'comfortable');
  root.dataset.first = page;
  root.lang = String(language ?? navigator.language).slice(0, 2);

  for (const file of FILES[page] ?? []) {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'modulepreload', crossOrigin: '', href: file });
    document.head.append(link);
  }

  /** @type {Map<string, Promise<Response>>} */
  const early = new Map();
  Object.assign(globalThis, { cozygenEarly: early });

  /** @param {string} ask @returns {Promise<Response | null>} null where there is no answer: the app asks again and says so */
  function fetchEarly(ask) {
    const url = new URL(ask, new URL('./', document.baseURI)).href;
    const known = early.get(url);
    const answer = known ?? fetch(url, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
    early.set(url, answer);
    return answer.then((response) => (response.ok ? response.clone() : null)).catch(() => null);
  }

  /** @param {unknown} name a workflow */
  const fetchForm = (name) =>
    typeof name === 'string' &&
    name !== '' &&
    fetchEarly(`api/workflows/${name.split('/').map(encodeURIComponent).join('/')}/form`);

  /** The form that was open last, or the first one there is. */
  async function fetchForms() {
    const { workflow } = kept('cozygen.forms');
    fetchForm(workflow);
    const answer = await fetchEarly('workflows');
    const list = await answer?.json().catch(() => null); // another server's page: the app says so
    if (!list?.workflows?.includes(workflow)) fetchForm(list?.workflows?.[0]);
  }

  /** @type {Record<string, () => unknown>} */
  const ASKS = {
    '/studio': () => [fetchForms(), fetchEarly('api/gallery?recursive=1&sort=newest&limit=12&offset=0')],
    '/controls': fetchForms,
    '/compose': fetchForms,
    '/gallery': () =>
      here === page && [
        fetchEarly('api/gallery?recursive=1&offset=0&limit=120'),
        fetchEarly('api/gallery?recursive=0&offset=0&limit=500&per_page=500'),
      ],
  };
  if (page in FILES) fetchEarly('api/auth_status');
  ASKS[page]?.();
  setTimeout(() => early.clear(), 5000); // later they would be old
})();

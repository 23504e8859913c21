/**
 * What the app that stood at this address before has left in this browser: read where CozyGen has nothing of its
 * own yet, so once. What the server keeps (aliases, presets) is not taken from here: these copies may be old.
 */

/** @typedef {string | number | boolean} Plain */
/** @typedef {{ values: Record<string, Plain>, bypassed: string[], seeds: Record<string, 'fixed' | 'random'>, old: true }} OldForm */

const FORM = '_formData';
const RANDOM = '_randomizeState';
const BYPASSED = '_bypassedState';
const ORDER = 'cozygen_field_order_v1';
/** A key to the server that any script on the page could read; CozyGen's own is a cookie that none can. */
const TOKEN = 'cozygen_token';

/**
 * @template Answer
 * @param {(stores: Storage[]) => Answer} read
 * @param {Answer} instead where the browser keeps nothing from anybody
 */
function fromStores(read, instead) {
  try {
    return read([sessionStorage, localStorage]);
  } catch (error) {
    if (error instanceof DOMException) return instead;
    throw error;
  }
}

/** @param {string | null} text @returns {Record<string, unknown>} nothing where it is none */
function objectIn(text) {
  try {
    const value = JSON.parse(text ?? 'null');
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** @param {unknown} value an emptied number was kept as an empty text: no value then */
const isPlain = (value) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '';

/** @param {Storage} store @param {string} ending @returns {[string, Record<string, unknown>][]} by workflow */
function endingIn(store, ending) {
  const keys = Array.from({ length: store.length }, (_, i) => store.key(i) ?? '');
  return keys
    .filter((key) => key.endsWith(ending) && key.length > ending.length)
    .map((key) => [key.slice(0, -ending.length), objectIn(store.getItem(key))]);
}

/** @param {Storage[]} stores @param {string} ending */
const allEndingIn = (stores, ending) => new Map(stores.toReversed().flatMap((store) => endingIn(store, ending)));

/** @param {Record<string, unknown>} marks */
const marked = (marks) => Object.keys(marks).filter((name) => marks[name] === true);

/**
 * The workflow that was open, and every form as it was left; null where there is none.
 * @returns {{ workflow: string | null, entries: Record<string, OldForm> } | null}
 */
export const oldForms = () =>
  fromStores((stores) => {
    const [values, random, bypassed] = [FORM, RANDOM, BYPASSED].map((ending) => allEndingIn(stores, ending));
    const names = new Set([values, random, bypassed].flatMap((each) => [...(each?.keys() ?? [])]));
    const workflow = sessionStorage.getItem('selectedWorkflow');
    if (names.size === 0 && workflow === null) return null;
    localStorage.removeItem(TOKEN);
    const entries = [...names].map((name) => [
      name,
      {
        values: Object.fromEntries(Object.entries(values?.get(name) ?? {}).filter(([, value]) => isPlain(value))),
        bypassed: marked(bypassed?.get(name) ?? {}),
        seeds: Object.fromEntries(
          Object.entries(random?.get(name) ?? {}).map(([field, on]) => [field, on === true ? 'random' : 'fixed']),
        ),
        old: true,
      },
    ]);
    return { workflow, entries: Object.fromEntries(entries) };
  }, null);

/**
 * In which order a workflow's fields were shown, and which were not; null where that was never said.
 * @param {string} workflow
 * @returns {{ order: string[], hidden: string[] } | null}
 */
export const oldArrangement = (workflow) =>
  fromStores(() => {
    const all = objectIn(localStorage.getItem(ORDER));
    const said = Object.hasOwn(all, workflow) ? all[workflow] : null;
    const { order, hidden } = /** @type {{ order?: unknown, hidden?: unknown }} */ (
      Array.isArray(said) ? { order: said } : (said ?? {})
    );
    const names = (Array.isArray(order) ? order : []).filter((name) => typeof name === 'string');
    const gone = marked(hidden !== null && typeof hidden === 'object' ? { ...hidden } : {});
    return names.length > 0 || gone.length > 0 ? { order: names, hidden: gone } : null;
  }, null);

/** How the gallery was shown. @returns {'grid' | 'feed'} */
export const oldView = () =>
  fromStores(() => (localStorage.getItem('cozygen_gallery_view_mode') === 'feed' ? 'feed' : 'grid'), 'grid');

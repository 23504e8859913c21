/** Every key of the app, as the help shows them. */
export const shortcuts = /** @type {const} */ ([
  { keys: ['1'], text: 'nav.create' },
  { keys: ['2'], text: 'nav.compose' },
  { keys: ['3'], text: 'nav.gallery' },
  { keys: ['4'], text: 'nav.library' },
  { keys: ['h'], text: 'nav.home' },
  { keys: ['Ctrl', 'Enter'], text: 'keys.run' },
  { keys: ['←', '→'], text: 'keys.neighbours' },
  { keys: ['i'], text: 'keys.details' },
  { keys: ['Esc'], text: 'keys.close' },
  { keys: ['?'], text: 'keys.title' },
]);

/** @type {Record<string, string>} */
const LEADS = { 1: '/controls', 2: '/compose', 3: '/gallery', 4: '/library', h: '/studio', '?': 'help' };

/** Whether keys belong to what they are pressed in: a text, or something that lies on top of the page. */
const isTheirs = (/** @type {EventTarget | null} */ target) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]');

/**
 * What a key asks for: a route, `run`, `help`, or nothing.
 * @param {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target' | 'defaultPrevented'>} event
 */
export function actionOf({ key, ctrlKey, metaKey, altKey, target, defaultPrevented }) {
  if (defaultPrevented) return null;
  if ((ctrlKey || metaKey) && key === 'Enter') return 'run';
  if (ctrlKey || metaKey || altKey || isTheirs(target)) return null;
  return LEADS[key] ?? null;
}

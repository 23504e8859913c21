// What the stand-in server answers for documents and advice: there are none, and every write is taken.

/** @type {Record<string, unknown>} */
const READ = {
  'api/workflow_pins': { workflows: [] },
  'api/workflow_types': {},
  'api/workflow_presets': { status: 'ok', user: 'default', presets: [] },
  'api/form_values': { values: {}, bypassed: [], seeds: {}, updated: null, problems: [] },
  'api/form_settings': { order: [], hidden: [], pinned: [], labels: {} },
  'api/aliases': { items: {}, categories: {}, categoryList: [] },
  'api/alias_search': { items: [] },
  'api/alias_categories': { categories: [] },
  input: {
    items: ['sketch_by_hand.png', 'harbour.jpg', 'portrait.webp'].map((name, i) => ({
      name,
      rel_path: name,
      is_dir: false,
      thumb: `thumb?i=${i + 3}&v=1`,
    })),
    page: 1,
    total_items: 3,
  },
  'api/health': { status: 'ok', version: '0', parts: {}, notices: [] },
};
/** @type {Record<string, unknown>} */
const WRITTEN = {
  'api/workflow_pins': { undo: null },
  'api/form_settings': { undo: null },
  'api/form_values': { updated: 1, problems: [] },
  'api/prompt/lint': { issues: [], about_tokens: 0, chunks: [], expanded: '' },
  'api/alias_check': { aliases: {} },
};

/**
 * The body of an answer, or null for what is no document.
 * @param {string} method
 * @param {string} route
 */
export function documentAnswer(method, route) {
  const answers = method === 'GET' ? READ : WRITTEN;
  const name = Object.keys(answers).find((each) => route === each || route.startsWith(`${each}/`));
  return name === undefined ? null : answers[name];
}

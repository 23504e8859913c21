/**
 * Graphs that were saved with CozyGen's predecessor. Its dynamic input kept only the widgets of its type, so the
 * saved list of values has another length and order than ours.
 */

const ORDER = [
  'param_name', 'priority', 'param_type', 'default_value', 'add_randomize_toggle', 'choice_type',
  'display_bypass', 'choices', 'multiline', 'min_value', 'max_value', 'step',
]; // prettier-ignore
/** @type {Record<string, unknown>} */
const DEFAULTS = {
  param_name: 'Dynamic Parameter', priority: 10, param_type: 'STRING', default_value: '',
  add_randomize_toggle: false, choice_type: '', display_bypass: false, choices: '', multiline: false,
  min_value: 0, max_value: 0, step: 0,
}; // prettier-ignore
/**
 * What followed name, priority, type and value, by type.
 * @type {Record<string, string[]>}
 */
const OLD_TAIL = {
  DROPDOWN: ['choice_type', 'display_bypass'],
  INT: ['min_value', 'max_value', 'step', 'add_randomize_toggle'],
  FLOAT: ['min_value', 'max_value', 'step', 'add_randomize_toggle'],
  STRING: ['multiline'],
  BOOLEAN: [],
};

/**
 * The values in our order, or null where they are ours already (or nobody's).
 * @param {any} values a saved `widgets_values`
 * @returns {unknown[] | null}
 */
export function upgradedValues(values) {
  if (!Array.isArray(values) || values.length >= ORDER.length) return null;
  const tail = OLD_TAIL[String(values[2])];
  // A list of our own first seven widgets has a boolean where the predecessor had none.
  const shape = tail && values.length === 4 + tail.length ? tail : null;
  if (!shape) return null;
  const named = { ...DEFAULTS };
  [...ORDER.slice(0, 4), ...shape].forEach((name, place) => {
    if (values[place] !== null && values[place] !== undefined) named[name] = values[place];
  });
  named.default_value = String(named.default_value);
  return ORDER.map((name) => named[name]);
}

/**
 * Upgrade every dynamic input of a graph, also inside subgraphs. Changes `graph`, which is about to be loaded.
 * @param {any} graph
 */
export function upgradeGraph(graph) {
  const lists = [graph?.nodes, ...(graph?.definitions?.subgraphs ?? []).map((/** @type {any} */ one) => one.nodes)];
  for (const node of lists.flatMap((nodes) => nodes ?? [])) {
    if (node?.type !== 'CozyGenDynamicInput') continue;
    const values = upgradedValues(node.widgets_values);
    if (values) node.widgets_values = values;
    // What is saved is what counts: a loaded node is not adapted again.
    node.properties = { ...node.properties, cozygen_follows: node.properties?.cozygen_follows ?? 'saved' };
  }
}

/** The canvas side of CozyGenDynamicInput and CozyGenChoiceInput. */
import { api } from '../../scripts/api.js';
import { asText, describeInput, describeWidget, settingsFor } from './cozygenTarget.js';

const OUTPUT = 2; // LiteGraph's name for an output slot
const UNNAMED = 'Dynamic Parameter';
/** The node property that remembers which input the settings were taken from. */
const FOLLOWS = 'cozygen_follows';

/** @param {any} node @param {string} name */
const widgetOf = (node, name) => node.widgets?.find((widget) => widget.name === name);

function setWidget(node, name, value) {
  const widget = widgetOf(node, name);
  if (!widget || widget.value === value) return;
  widget.value = value;
  widget.callback?.(value);
}

/**
 * Let a dynamic input take type, limits and choices from what it is connected to.
 * @param {any} node @param {() => boolean} following whether to adapt now (not while a graph loads)
 */
export function followConnections(node, following) {
  const before = node.onConnectionsChange;
  node.onConnectionsChange = function onConnectionsChange(side, slot, connected, link, ...rest) {
    const answer = before?.call(this, side, slot, connected, link, ...rest);
    if (side === OUTPUT && connected && following()) adapt(this, link);
    return answer;
  };
}

function adapt(node, link) {
  const target = link && node.graph?.getNodeById(link.target_id);
  const input = target?.inputs?.[link.target_slot];
  if (!input) return;
  const name = input.widget?.name ?? input.name;
  const source = `${target.comfyClass ?? target.type}.${name}`;
  const known = node.properties[FOLLOWS];
  // Plugged in again, or fed to a second node: the author's values stay.
  if (known === source || (node.outputs[0]?.links?.length ?? 0) > 1) return;
  const widget = widgetOf(target, name);
  const described = describeInput(target.constructor?.nodeData?.input, name) ?? describeWidget(widget);
  const settings = settingsFor(target.comfyClass ?? target.type, name, described);
  if (!settings) return;
  const retyped = widgetOf(node, 'param_type')?.value !== settings.param_type;
  const fresh = !known || retyped;
  node.properties[FOLLOWS] = source;
  for (const [key, value] of Object.entries(settings)) setWidget(node, key, value);
  if (widgetOf(node, 'param_name')?.value === UNNAMED) setWidget(node, 'param_name', name);
  if (fresh) setWidget(node, 'default_value', asText(widget?.value ?? described.options.default));
  node.setDirtyCanvas?.(true, true);
}

/** Fill the list of a choice input from the server, now and whenever its kind changes. @param {any} node */
export function fillChoices(node) {
  const kind = widgetOf(node, 'choice_type');
  const chosen = widgetOf(node, 'default_choice');
  if (!kind || !chosen) return;
  const before = kind.callback;
  kind.callback = function callback(...values) {
    const answer = before?.apply(this, values);
    void load();
    return answer;
  };
  const load = async () => {
    const asked = kind.value;
    const choices = await readChoices(asked);
    if (choices && kind.value === asked) chosen.options.values = ['None', ...choices];
  };
  void load();
  // A loaded graph sets the kind without calling back.
  const configured = node.onConfigure;
  node.onConfigure = function onConfigure(...values) {
    const answer = configured?.apply(this, values);
    void load();
    return answer;
  };
}

/** @param {string} kind @returns {Promise<string[] | null>} null where the server has no such list */
async function readChoices(kind) {
  if (!kind) return null;
  const answer = await api.fetchApi(`/cozygen/get_choices?type=${encodeURIComponent(kind)}`);
  return answer.ok ? (await answer.json()).choices : null;
}

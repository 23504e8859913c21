/**
 * What a CozyGen input learns from the input that it is connected to. Plain functions: no app, no canvas.
 */

/**
 * The list that an input of a known name chooses from; a class in front decides where names repeat.
 * @type {Record<string, string>}
 */
const CHOICE_TYPES = {
  'CLIPVisionLoader.clip_name': 'clip_vision',
  'UpscaleModelLoader.model_name': 'upscale_models',
  'StyleModelLoader.style_model_name': 'style_models',
  'GLIGENLoader.gligen_name': 'gligen',
  ckpt_name: 'checkpoints',
  vae_name: 'vae',
  unet_name: 'diffusion_models',
  control_net_name: 'controlnet',
  sampler_name: 'sampler',
  scheduler: 'scheduler',
  scheduler_name: 'scheduler',
};
/** @type {[RegExp, string][]} */
const NUMBERED = [
  [/^lora(_name)?(_?\d+)?$/, 'loras'],
  [/^clip_name\d*$/, 'text_encoders'],
];

/** @param {string} nodeClass @param {string} input @returns {string} the kind of list, or '' */
export function choiceTypeOf(nodeClass, input) {
  const known = CHOICE_TYPES[`${nodeClass}.${input}`] ?? CHOICE_TYPES[input];
  return known ?? NUMBERED.find(([rule]) => rule.test(input))?.[1] ?? '';
}

/**
 * The description of one input in ComfyUI's object_info, in either spelling.
 * @param {any} definition a node's `input` object
 * @param {string} name
 * @returns {{type: string, options: any, choices: string[] | null} | null}
 */
export function describeInput(definition, name) {
  const entry = definition?.required?.[name] ?? definition?.optional?.[name];
  if (!Array.isArray(entry)) return null;
  const options = entry[1] ?? {};
  const choices = Array.isArray(entry[0]) ? entry[0] : options.options;
  return {
    type: Array.isArray(choices) ? 'COMBO' : String(entry[0]),
    options,
    choices: Array.isArray(choices) ? choices.map(String) : null,
  };
}

/**
 * The same from a widget, for inputs that no definition describes (a subgraph's own).
 * @param {any} widget
 */
export function describeWidget(widget) {
  /** @type {Record<string, string>} */
  const kinds = {
    combo: 'COMBO',
    toggle: 'BOOLEAN',
    number: 'FLOAT',
    slider: 'FLOAT',
    text: 'STRING',
    string: 'STRING',
    customtext: 'STRING',
  };
  const type = kinds[String(widget?.type).toLowerCase()];
  if (!type) return null;
  const options = widget.options ?? {};
  const whole = type === 'FLOAT' && options.precision === 0;
  const values = typeof options.values === 'function' ? options.values() : options.values;
  return { type: whole ? 'INT' : type, options, choices: Array.isArray(values) ? values.map(String) : null };
}

/** @type {Record<string, string>} */
const PARAM_TYPES = { COMBO: 'DROPDOWN', INT: 'INT', FLOAT: 'FLOAT', BOOLEAN: 'BOOLEAN', STRING: 'STRING' };

/**
 * The settings of a dynamic input for a described target; null where there is nothing to type or choose.
 * @param {string} nodeClass @param {string} input @param {ReturnType<typeof describeInput>} described
 */
export function settingsFor(nodeClass, input, described) {
  const paramType = described && PARAM_TYPES[described.type];
  if (!paramType) return null;
  const numeric = paramType === 'INT' || paramType === 'FLOAT';
  const limits = numeric ? limitsOf(described.options) : { min_value: 0, max_value: 0, step: 0 };
  const choiceType = paramType === 'DROPDOWN' ? choiceTypeOf(nodeClass, input) : '';
  return {
    param_type: paramType,
    choice_type: choiceType,
    choices: paramType === 'DROPDOWN' && !choiceType ? joined(described.choices ?? []) : '',
    multiline: paramType === 'STRING' && Boolean(described.options.multiline),
    ...limits,
    add_randomize_toggle: numeric && /seed/i.test(input),
  };
}

/** Without both limits there are none: 0 and 0 say so. @param {any} options */
function limitsOf(options) {
  const { min, max } = options;
  const both = Number.isFinite(min) && Number.isFinite(max) && min < max;
  const step = Number.isFinite(options.step2 ?? options.step) ? (options.step2 ?? options.step) : 0;
  return { min_value: both ? min : 0, max_value: both ? max : 0, step };
}

/** Names with commas cannot be listed; the form then asks the connected node itself. @param {string[]} choices */
function joined(choices) {
  return choices.some((choice) => choice.includes(',')) ? '' : choices.join(',');
}

/** @param {any} value @returns {string} the text of a widget's value in a dynamic input */
export function asText(value) {
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
}

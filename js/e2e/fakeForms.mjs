// Forms as the stand-in has them: an ordinary one, and one with every kind of field.

/** @param {string} name @param {string} kind @param {unknown} value @param {object} [more] */
export const field = (name, kind, value, more) => ({
  name,
  label: name,
  kind,
  default: value,
  multiline: false,
  role: null,
  choices: null,
  choice_type: null,
  randomize: false,
  bypass: false,
  priority: 0,
  node_id: '1',
  input: 'default_value',
  ...more,
});
const SKETCH = {
  source: 'cozygen',
  version: '1',
  type: 'text-to-image',
  problems: [],
  fields: [
    field('Prompt', 'text', 'a quiet valley at dusk, layered hills, warm low sun', {
      multiline: true,
      role: 'positive',
    }),
    field('Negative prompt', 'text', 'lowres, text', { multiline: true, role: 'negative' }),
    field('Seed', 'integer', 7, { role: 'seed', min: 0, max: '18446744073709551615' }),
    field('Model', 'choice', 'cozyXL_v31.safetensors', {
      choices: ['cozyXL_v31.safetensors', 'landscapes/dreamshore_v4.safetensors'],
    }),
    field('Steps', 'integer', 28, { min: 1, max: 150, step: 1 }),
    field('CFG', 'number', 5.5, { min: 0, max: 30, step: 0.5 }),
    field('Width', 'integer', 832, { min: 64, max: 4096, step: 64 }),
    field('Hires fix', 'boolean', false),
    field('Style LoRA', 'choice', 'film_grain.safetensors', {
      choices: ['film_grain.safetensors', 'soft_light.safetensors'],
      bypass: true,
    }),
    field('Denoise', 'number', 1, { min: 0, max: 1, step: 0.05 }),
  ],
  groups: [{ name: 'More', fields: ['Denoise'] }],
};

const LORAS = ['characters', 'styles', 'lighting'].flatMap((folder, f) =>
  Array.from(
    { length: 12 },
    (_, i) => `${folder}/${['evening', 'harbour', 'paper', 'glow'][i % 4]}_${f}${i}.safetensors`,
  ),
);
const strength = (/** @type {string} */ name) =>
  field(name, 'number', 1, { min: 0, max: 2, step: 0.05, part_of: 'Video LoRA 1' });
const LOOP = {
  ...SKETCH,
  type: 'image-to-video',
  fields: [
    field('First frame', 'image', ''),
    field('Prompt', 'text', 'the camera slowly moves closer, hair in the wind', { multiline: true, role: 'positive' }),
    field('Video LoRA 1', 'lora_pair', 'Slow pan', {
      choices: ['Hand held', 'Slow pan'],
      role: 'lora',
      bypass: true,
      pair: {
        high: 'Lora High - 1',
        low: 'Lora Low - 1',
        strength_high: 'Lora High Strength - 1',
        strength_low: 'Lora Low Strength - 1',
        pairs: [
          { label: 'Hand held', high: 'hand-high.safetensors', low: 'hand-low.safetensors' },
          { label: 'Slow pan', high: 'pan-high.safetensors', low: 'pan-low.safetensors' },
        ],
      },
    }),
    strength('Lora High Strength - 1'),
    strength('Lora Low Strength - 1'),
    field('Style LoRA', 'choice', LORAS[3], { choices: LORAS, choice_type: 'loras', bypass: true }),
    field('Frames', 'integer', 81, { min: 1, max: 121, step: 4, help: 'Four more for every quarter of a second.' }),
    field('Shift', 'number', 8, { min: 0, max: 20, step: 0.5 }),
    field('Seed', 'integer', '15203367948231054', { role: 'seed', min: 0, max: '18446744073709551615' }),
    field('Sampler', 'choice', 'euler', { choices: ['euler', 'dpmpp_2m', 'uni_pc'] }),
    field('File name', 'text', 'CozyGen/loop'),
    field('Play there and back', 'boolean', true),
  ],
  groups: [],
};
/** As many fields as the largest form is promised to take. */
const EIGHTY = {
  ...SKETCH,
  groups: [],
  fields: [
    field('Prompt', 'text', 'a quiet valley at dusk', { multiline: true, role: 'positive' }),
    ...Array.from({ length: 79 }, (_, i) =>
      [
        field(`Note ${i}`, 'text', 'some words', { multiline: i % 8 === 0 }),
        field(`Amount ${i}`, 'number', 0.5, { min: 0, max: 1, step: 0.05 }),
        field(`Style ${i}`, 'choice', LORAS[i % 36], { choices: LORAS, bypass: true }),
        field(`Switch ${i}`, 'boolean', i % 2 === 0),
      ].at(i % 4),
    ),
  ],
};
/** @type {Record<string, typeof SKETCH>} */
const FORMS = { 'sketch.json': SKETCH, 'video/loop.json': LOOP, 'tests/eighty fields.json': EIGHTY };

const item = (/** @type {string} */ name, /** @type {string} */ title, /** @type {string} */ type) => ({
  name,
  title,
  folder: name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '',
  type,
  mtime: 1,
  etag: '"1"',
});
export const WORKFLOWS = {
  workflows: Object.keys(FORMS),
  items: [
    item('sketch.json', 'sketch', 'text-to-image'),
    item('video/loop.json', 'loop', 'image-to-video'),
    item('tests/eighty fields.json', 'eighty fields', 'text-to-image'),
  ],
};

/** @param {string} workflow */
export const formOf = (workflow) => ({
  ...(FORMS[workflow] ?? SKETCH),
  workflow,
  title: workflow.replace(/.*\/|\.json$/g, ''),
});

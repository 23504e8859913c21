import { describe, expect, it } from 'vitest';
import { asText, choiceTypeOf, describeInput, describeWidget, settingsFor } from '../../web/cozygenTarget.js';

const sampler = {
  required: {
    seed: ['INT', { default: 0, min: 0, max: 2 ** 64, control_after_generate: true }],
    cfg: ['FLOAT', { default: 8, min: 0, max: 100, step: 0.1 }],
    sampler_name: [['euler', 'ddim'], {}],
    model: ['MODEL'],
  },
  optional: { text: ['STRING', { multiline: true }], on: ['BOOLEAN', {}], mode: ['COMBO', { options: ['a', 'b'] }] },
};
/** @param {string} name @returns {any} */
const of = (name) => settingsFor('KSampler', name, describeInput(sampler, name));

describe('a dynamic input takes from what it is connected to', () => {
  it('the type and the limits of a number', () => {
    expect(of('cfg')).toMatchObject({ param_type: 'FLOAT', min_value: 0, max_value: 100, step: 0.1 });
    expect(of('seed')).toMatchObject({ param_type: 'INT', add_randomize_toggle: true });
    expect(of('cfg').add_randomize_toggle).toBe(false);
  });

  it('the kind of list where it is known, else the choices themselves', () => {
    expect(of('sampler_name')).toMatchObject({ param_type: 'DROPDOWN', choice_type: 'sampler', choices: '' });
    expect(of('mode')).toMatchObject({ param_type: 'DROPDOWN', choice_type: '', choices: 'a,b' });
  });

  it('the size of a text box', () => {
    expect(of('text')).toMatchObject({ param_type: 'STRING', multiline: true });
  });

  it('no limits where a number has only one', () => {
    const described = { type: 'INT', options: { min: 1 }, choices: null };
    expect(settingsFor('X', 'n', described)).toMatchObject({ min_value: 0, max_value: 0 });
  });

  it('no list of names with commas, which the form could not split', () => {
    const described = { type: 'COMBO', options: {}, choices: ['a, b', 'c'] };
    expect(settingsFor('X', 'n', described)).toMatchObject({ choices: '' });
  });

  it.each(['model', 'missing'])('nothing from %s, which nobody can type', (name) => {
    expect(of(name)).toBeNull();
  });

  it.each([undefined, null, {}, { required: { x: 'INT' } }])('nothing from a broken definition', (definition) => {
    expect(describeInput(definition, 'x')).toBeNull();
  });
});

describe('a widget describes an input that no definition knows', () => {
  it.each([
    [{ type: 'number', options: { precision: 0, min: 1, max: 9 } }, 'INT'],
    [{ type: 'number', options: { min: 0, max: 1 } }, 'FLOAT'],
    [{ type: 'toggle' }, 'BOOLEAN'],
    [{ type: 'customtext' }, 'STRING'],
    [{ type: 'combo', options: { values: () => ['a'] } }, 'COMBO'],
  ])('%o is %s', (widget, type) => {
    expect(describeWidget(widget)).toMatchObject({ type });
  });

  it.each([undefined, {}, { type: 'button' }])('%o is nothing', (widget) => {
    expect(describeWidget(widget)).toBeNull();
  });
});

describe('the kind of list', () => {
  it.each([
    ['CheckpointLoaderSimple', 'ckpt_name', 'checkpoints'],
    ['LoraLoaderModelOnly', 'lora_name', 'loras'],
    ['LoraSelect', 'lora_01', 'loras'],
    ['DualCLIPLoader', 'clip_name2', 'text_encoders'],
    ['CLIPVisionLoader', 'clip_name', 'clip_vision'],
    ['UpscaleModelLoader', 'model_name', 'upscale_models'],
    ['Other', 'model_name', ''],
    ['KSampler', 'scheduler', 'scheduler'],
  ])('of %s.%s is %s', (nodeClass, input, kind) => {
    expect(choiceTypeOf(nodeClass, input)).toBe(kind);
  });
});

it.each([
  [0, '0'],
  [false, 'false'],
  ['', ''],
  [null, ''],
  [undefined, ''],
  [[1], ''],
])('the text of %o is %o', (value, expected) => {
  expect(asText(value)).toBe(expected);
});

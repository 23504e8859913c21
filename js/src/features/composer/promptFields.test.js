import { expect, it } from 'vitest';
import { chosenField, promptFieldsOf } from './promptFields.js';

const field = (/** @type {any} */ about) => ({ kind: 'text', label: about.name, default: '', ...about });
const positive = field({ name: 'Prompt', role: 'positive', multiline: true });
const negative = field({ name: 'Negative', role: 'negative', multiline: true });
const file = field({ name: 'filename_prefix' });

it('finds prompts and leaves file names and numbers alone', () => {
  const seed = field({ name: 'seed', kind: 'integer', default: 1 });
  expect(promptFieldsOf([file, positive, seed, negative], {})).toEqual([positive, negative]);
});

it('leaves out a text field that holds a reference to a picture', () => {
  expect(promptFieldsOf([positive], { Prompt: 'output::CozyGen::a.png' })).toEqual([]);
});

it('opens the field that is asked for', () => {
  expect(chosenField([negative, positive], 'Negative')).toBe(negative);
});

it.each([null, 'Gone', ''])('opens the first positive one when asked for %j', (wanted) => {
  expect(chosenField([negative, positive], wanted)).toBe(positive);
});

it('opens a lone negative prompt, and nothing where there is none', () => {
  expect(chosenField([negative], null)).toBe(negative);
  expect(chosenField([], 'Prompt')).toBeNull();
});

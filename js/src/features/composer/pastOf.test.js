import { expect, it } from 'vitest';
import { aliasName, recentPrompts } from './pastOf.js';

const run = (/** @type {string} */ id, /** @type {unknown} */ Prompt) => ({ run_id: id, values: { Prompt } });

it('shows each prompt once, the newest first', () => {
  expect(recentPrompts([run('3', 'a'), run('2', 'b'), run('1', 'a')], 'Prompt').map(({ text }) => text)).toEqual([
    'a',
    'b',
  ]);
});

it.each([undefined, 7, '', '  \n'])('leaves out a run whose prompt is %j', (text) => {
  expect(recentPrompts([run('1', text)], 'Prompt')).toEqual([]);
});

it.each([
  ['Rainy night, 2nd try', 'rainy_night_2nd_try'],
  ['  Éclair!  ', 'e_clair'],
  ['日本', ''],
])('names a favourite %j', (words, name) => {
  expect(aliasName(words)).toBe(name);
});

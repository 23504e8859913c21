import { expect, it } from 'vitest';
import { baseName, found, foldersOf } from './choices.js';

const models = ['xl/anime_v3.safetensors', 'xl/real/photo-v1.safetensors', 'flux.gguf', 'real\\old.ckpt'];

it.each([
  ['PHOTO v1', ['xl/real/photo-v1.safetensors']],
  ['anime v3', ['xl/anime_v3.safetensors']],
  ['xl', ['xl/anime_v3.safetensors', 'xl/real/photo-v1.safetensors']],
  ['nothing like it', []],
  ['', models],
])('finds %j whatever stands between its words', (words, wanted) => {
  expect(found(models, words, '')).toEqual(wanted);
});

it('puts names that begin so ahead of those that only have it', () => {
  expect(found(['a/my_flux', 'flux_dev'], 'flux', '')).toEqual(['flux_dev', 'a/my_flux']);
});

it('looks into a folder and those inside of it', () => {
  expect(found(models, '', 'xl')).toHaveLength(2);
  expect(foldersOf(models)).toEqual(['real', 'xl', 'xl/real']);
});

it('shows a file without folder and ending', () => {
  expect(models.map(baseName)).toEqual(['anime_v3', 'photo-v1', 'flux', 'old']);
});

import { expect, it } from 'vitest';
import { outputReference, placeOf } from './imageReference.js';

it.each([
  ['cat.png', { type: 'input', subfolder: '', filename: 'cat.png' }],
  ['pets/2026/cat.png', { type: 'input', subfolder: 'pets/2026', filename: 'cat.png' }],
  ['output::CozyGen::a.png', { type: 'output', subfolder: 'CozyGen', filename: 'a.png' }],
  ['output::a.png', { type: 'output', subfolder: '', filename: 'a.png' }],
])('finds the thumbnail of %j', (reference, place) => {
  expect(placeOf(reference)).toEqual(place);
});

it.each(['', 'output::', '/'])('finds no picture in %j', (reference) => {
  expect(placeOf(reference)).toBeNull();
});

it('names a picture of the gallery so that it is found again', () => {
  const picture = { subfolder: 'a/b', filename: 'c d.png' };
  expect(outputReference(picture)).toBe('output::a::b::c d.png');
  expect(placeOf(outputReference(picture))).toEqual({ type: 'output', ...picture });
});

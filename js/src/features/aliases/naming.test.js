import { expect, it } from 'vitest';
import { isReachable, keyOf, reachable, shortName } from './naming.js';

it.each([
  ['rainy night', 'rainy_night'],
  ['  a.b ', 'a_b'],
  ['日本', ''],
  ['Hero-2', 'Hero-2'],
])('offers for %j a name that a token can reach', (words, name) => {
  expect(reachable(words)).toBe(name);
});

it.each(['my hero', 'a.b', '', '$a$', ':', 'a::'])('knows that no token reaches %j', (name) => {
  expect(isReachable(name)).toBe(false);
});

it.each(['hero', 'a-1_b', 'P::scene', 'x:y'])('knows that a token reaches %j', (name) => {
  expect(isReachable(name)).toBe(true);
});

it('hides the category that a name repeats', () => {
  expect(shortName('Outfit::red', 'outfit')).toBe('red');
  expect(shortName('red', 'outfit')).toBe('red');
  expect(shortName('other::red', 'outfit')).toBe('other::red');
});

it('gives a new alias its category, and leaves the key of an old one in its form', () => {
  expect(keyOf('red', 'outfit', null)).toBe('outfit::red');
  expect(keyOf('red', 'outfit', 'blue')).toBe('red');
  expect(keyOf('red', 'outfit', 'outfit::blue')).toBe('outfit::red');
  expect(keyOf('red', '', 'outfit::blue')).toBe('red');
});

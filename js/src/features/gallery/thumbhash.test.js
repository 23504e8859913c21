import { expect, it } from 'vitest';
import { colourOf, placeholder } from './thumbhash.js';

it('draws a stand-in from a hash', () => {
  expect(placeholder('1QcSHQRnh493V4dIh4eXh1h4kJUI')).toMatch(/^data:image\/png;base64,/);
});

it.each([null, undefined, '', '!!!', 'AA=='])('has none for %j', (hash) => {
  expect(placeholder(hash)).toBeNull();
});

it('names the colour of a picture, and none for what is no hash', () => {
  expect(colourOf('3OcRJYB4d3h/iIeHeEh3eIhw+j3A')).toMatch(/^rgb\(\d+ \d+ \d+\)$/);
  for (const broken of [null, undefined, '', '%', 'AA==']) expect(colourOf(broken)).toBeNull();
});

it('names no colour for a picture that can be seen through, which would stay behind it', () => {
  expect(placeholder('oFmDBAAl+LdY2DdxRO/o94uOgnOHCIeIBA==')).toMatch(/^data:image/);
  expect(colourOf('oFmDBAAl+LdY2DdxRO/o94uOgnOHCIeIBA==')).toBeNull();
});

import { expect, it } from 'vitest';
import { placeholder } from './thumbhash.js';

it('draws a stand-in from a hash', () => {
  expect(placeholder('1QcSHQRnh493V4dIh4eXh1h4kJUI')).toMatch(/^data:image\/png;base64,/);
});

it.each([null, undefined, '', '!!!', 'AA=='])('has none for %j', (hash) => {
  expect(placeholder(hash)).toBeNull();
});

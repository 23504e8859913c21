import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from '../../prompt/index.js';
import { stretches } from './highlights.js';

const shown = (/** @type {string} */ text, /** @type {any[]} */ marks = []) =>
  stretches(parse(text), marks)
    .filter(({ kind, level }) => kind || level)
    .map((stretch) => [stretch.text, stretch.kind, stretch.level]);

it('colours what is not a plain tag', () => {
  expect(shown('1girl, $hero$, <lora:ink:0.8>, embedding:bad, sky')).toEqual([
    ['$hero$', 'alias', null],
    ['<lora:ink:0.8>', 'lora', null],
    ['embedding:bad', 'embedding', null],
  ]);
});

it('underlines what the advice is about, the worst level where two meet', () => {
  const marks = [
    { start: 0, end: 9, level: 'info' },
    { start: 4, end: 9, level: 'error' },
  ];
  expect(shown('bad hands', marks)).toEqual([
    ['bad ', null, 'info'],
    ['hands', null, 'error'],
  ]);
});

it.each([
  { start: -1, end: 2, level: 'error' },
  { start: 2, end: 2, level: 'error' },
  { start: 3, end: 99, level: 'error' },
])('leaves out advice about a text that has changed since: %j', (mark) => {
  expect(shown('short', [mark])).toEqual([]);
});

it('says every character once and in order', () => {
  const mark = fc.record({ start: fc.nat(60), end: fc.nat(60), level: fc.constantFrom('error', 'warning', 'info') });
  fc.assert(
    fc.property(fc.string({ maxLength: 50 }), fc.array(mark, { maxLength: 6 }), (text, marks) => {
      expect(
        stretches(parse(text), marks)
          .map((stretch) => stretch.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

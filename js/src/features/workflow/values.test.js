import { describe, expect, it } from 'vitest';
import { firstMode, isDrawn, readNumber, sliderRange, stepped, valuesToSend } from './values.js';

const field = (/** @type {any} */ more) =>
  /** @type {any} */ ({ name: 'x', kind: 'number', min: null, max: null, step: null, ...more });

describe('a number that is typed', () => {
  it.each([
    ['12', { kind: 'integer' }, 12],
    ['18446744073709551615', { kind: 'integer' }, '18446744073709551615'],
    ['18446744073709551999', { kind: 'integer', max: '18446744073709551615' }, '18446744073709551615'],
    ['-5', { kind: 'integer', min: 0 }, 0],
    ['3.7', { kind: 'integer' }, null],
    ['', { kind: 'integer' }, null],
    ['1e3', { kind: 'integer' }, null],
    ['3,5', {}, 3.5],
    ['9', { max: 2 }, 2],
    ['nan', {}, null],
    ['Infinity', {}, null],
    ['', {}, null],
  ])('%s in %j is %s', (text, more, value) => {
    expect(readNumber(text, field(more))).toBe(value);
  });
});

it('steps without the dust of floating point, and stays within limits', () => {
  expect(stepped(field({ step: 0.1 }), 0.2, 1)).toBe(0.3);
  expect(stepped(field({ step: 0.1, max: 1 }), 1, 1)).toBe(1);
  expect(stepped(field({ kind: 'integer', step: 8 }), 512, -1)).toBe(504);
  expect(stepped(field({ kind: 'integer' }), '18446744073709551614', 1)).toBe('18446744073709551615');
});

it('sends nothing that the form does not know', () => {
  expect(valuesToSend([field({})], { x: 1, gone: 2 })).toEqual({ x: 1 });
});

describe('a value that may change by itself', () => {
  it.each([
    ['a seed', { kind: 'integer', role: 'seed' }, true],
    ['a number with the switch for it', { kind: 'number', randomize: true }, true],
    ['any other number', { kind: 'integer', role: 'steps' }, false],
    ['a text with the switch', { kind: 'text', randomize: true }, false],
  ])('%s: %s', (_what, more, drawn) => {
    expect(isDrawn(field(more))).toBe(drawn);
  });

  it('has no slider: what is drawn is not aimed at', () => {
    expect(sliderRange(field({ randomize: true, min: 0, max: 1, step: 0.1 }))).toBeNull();
    expect(sliderRange(field({ min: 0, max: 1, step: 0.1 }))).toEqual({ min: 0, max: 1, step: 0.1 });
  });

  it.each([
    [{ role: 'seed', name: 'Zahl' }, 'random'],
    [{ role: null, name: 'Noise_Seed' }, 'random'],
    [{ role: null, name: 'CFG' }, 'fixed'],
  ])('%j begins %s', (more, mode) => {
    expect(firstMode(field(more))).toBe(mode);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at } from './at.js';
import { AliasLibrary, expand, insert, isPromptField, move, parse, remove, replace, setWeight } from './index.js';

const noise = fc.string({
  unit: fc.constantFrom(...'aB1,, \n()[]{}<>$$|\\:_.-é𝒳\ud800\r\t\u00a0'.split('')),
  maxLength: 60,
});
const TAGS = ['a', 'long hair', '$hero$', '(b:1.2)', '((c))', '[d]', 'saber (fate)', '<lora:x:0.8>', '{x|y}', 'x:y'];
const tag = fc.constantFrom(...TAGS);
const tidy = fc.array(tag, { minLength: 1, maxLength: 8 }).map((tags) => tags.join(', '));
const place = fc.nat(7);
const weight = fc.nat(400).map((hundredths) => hundredths / 100);
const document = fc.dictionary(fc.constantFrom('hero', 'a', 'b', 'P::c', 'Q::c', '__proto__'), fc.oneof(noise, tidy));

const sources = (/** @type {import('./index.js').Prompt} */ prompt) => prompt.elements.map((element) => element.source);
const own = { numRuns: 500 };

describe('any text', () => {
  test('prints as it was read', () => {
    const any = fc.oneof(noise, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(any, (text) => String(parse(text)) === text),
      own,
    );
  });

  test('expands within bounds, and the same again', () => {
    fc.assert(
      fc.property(noise, document, fc.option(fc.bigInt(0n, 2n ** 64n - 1n)), (text, items, seed) => {
        const library = AliasLibrary.fromDocument({ items });
        const result = expand(text, library, { seed });
        expect(result.text.length).toBeLessThanOrEqual(1 << 20);
        expect(expand(text, library, { seed })).toEqual(result);
      }),
      own,
    );
  });
});

describe('edits', () => {
  test('a weight and then 1 gives the text back', () => {
    fc.assert(
      fc.property(tidy, place, weight, (text, number, value) => {
        const prompt = parse(text);
        const index = number % prompt.elements.length;
        const element = at(prompt.elements, index);
        fc.pre(element.weight === null);
        const weighted = setWeight(prompt, element, value);
        expect(String(setWeight(weighted, at(weighted.elements, index), 1))).toBe(text);
      }),
      own,
    );
  });

  test('moving there and back gives the text back', () => {
    fc.assert(
      fc.property(tidy, place, place, (text, from, to) => {
        const prompt = parse(text);
        const here = from % prompt.elements.length;
        const there = to % prompt.elements.length;
        const element = at(prompt.elements, here);
        const moved = move(prompt, element, there);
        expect(moved.elements[there]).toBe(element);
        expect(String(move(moved, element, here))).toBe(text);
      }),
      own,
    );
  });

  test('an edited prompt reads as the elements it has', () => {
    fc.assert(
      fc.property(tidy, place, place, tag, (text, number, to, other) => {
        const prompt = parse(text);
        const element = at(prompt.elements, number % prompt.elements.length);
        for (const result of [
          remove(prompt, element),
          move(prompt, element, to),
          insert(prompt, to, other),
          replace(prompt, element, other),
          setWeight(prompt, element, 1.3),
        ]) {
          expect(sources(parse(String(result)))).toEqual(sources(result));
        }
      }),
      own,
    );
  });
});

describe('hostile texts', () => {
  test.each([
    ['open parentheses', '('.repeat(10_000)],
    ['pairs of parentheses', `${'('.repeat(10_000)}a${')'.repeat(10_000)}`],
    ['nested weights', `${'('.repeat(10_000)}a${':1.1)'.repeat(10_000)}`],
    ['a megabyte of spaces', ' '.repeat(1 << 20)],
    ['a megabyte of dollars', '$'.repeat(1 << 20)],
    ['a megabyte of underscores', '_'.repeat(1 << 20)],
    ['unfinished LoRA tags', '<lora:'.repeat(50_000)],
    ['lone surrogates', '\ud800, \udfff$hero$\ud83d'],
  ])('%s are read, printed and expanded', (_, text) => {
    expect(String(parse(text))).toBe(text);
    const library = AliasLibrary.fromDocument({ hero: 'x' });
    expect(expand(text, library, { seed: 1 }).text.length).toBeLessThanOrEqual(1 << 20);
  });

  test('a billion laughs are cut off and named', () => {
    const items = Object.fromEntries(
      Array.from({ length: 30 }, (_, level) => [
        `b${level}`,
        Array(10)
          .fill(`$b${level + 1}$`)
          .join(', '),
      ]),
    );
    const result = expand('$b0$', AliasLibrary.fromDocument({ ...items, b30: 'lol' }));
    expect(result.text.length).toBeLessThanOrEqual(1 << 20);
    expect(result.problems.map(({ code }) => code)).toContain('too_large');
  });
});

describe('fields', () => {
  test.each([
    [{ name: 'Prompt' }, '$hero$', true],
    [{ name: 'negative_prompt' }, '', true],
    [{ name: 'x', role: 'positive' }, 'a', true],
    [{ name: 'Text Prefix' }, 'a', true],
    [{ name: 'notes', multiline: true }, 'a', true],
    [{ name: 'Input Image' }, 'output::CozyGen::out_0001.png', false],
    [{ name: 'Prompt' }, 'output::CozyGen::out_0001.png', false],
    [{ name: 'model', multiline: true }, 'x', false],
    [{ name: 'Prompt', kind: 'choice' }, 'a', false],
    [{ name: 'filename_prefix' }, 'a::b', false],
    [{ name: 'steps' }, 20, false],
  ])('%o with %s: %s', (field, value, want) => {
    expect(isPromptField(field, value)).toBe(want);
  });
});

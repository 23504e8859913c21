import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { at } from './at.js';
import { friendlyName, subcategory } from './friendly.js';
import {
  AliasLibrary,
  Draws,
  aliasTokens,
  expand,
  insert,
  move,
  parse,
  remove,
  replace,
  setAliasWeight,
  setWeight,
} from './index.js';

/** @typedef {Record<string, any>} Case */

/**
 * The rows that the server's model is held to as well.
 * @param {string} name
 * @param {string} [list]
 * @returns {[id: string, row: Case][]}
 */
function rows(name, list = 'cases') {
  const file = new URL(`../../../tests/vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'))[list].map((/** @type {Case} */ row) => [row.id, row]);
}

describe('reading', () => {
  test.each(rows('prompt_parse'))('%s', (_, { text, elements }) => {
    const prompt = parse(text);
    const spans = prompt.spans();
    expect(
      prompt.elements.map(({ kind, text: said, weight, emphasis }, index) => [
        kind,
        said,
        ...at(spans, index),
        weight,
        emphasis,
      ]),
    ).toEqual(elements);
    expect(String(prompt)).toBe(text);
  });
});

describe('weights', () => {
  test.each(rows('prompt_weight'))('%s', (_, { text, element, weight, want }) => {
    const prompt = parse(text);
    expect(String(setWeight(prompt, at(prompt.elements, element - 1), weight))).toBe(want);
  });

  test.each(rows('alias_weight'))('%s', (_, { text, weight, at_1_3: emphasised, at_1: plain }) => {
    const prompt = parse(text);
    const token = at(aliasTokens(prompt), 0);
    expect(token.weight).toBe(weight);
    expect(String(setAliasWeight(prompt, token, 1.3))).toBe(emphasised);
    expect(String(setAliasWeight(prompt, token, 1))).toBe(plain);
  });

  test('a number that is none takes the weight away', () => {
    const prompt = parse('(a:1.2), b');
    for (const weight of [NaN, Infinity, undefined, null, true, {}]) {
      expect(String(setWeight(prompt, at(prompt.elements, 0), weight))).toBe('a, b');
    }
  });
});

describe('edits', () => {
  test.each(rows('prompt_edit'))('%s', (_, row) => {
    const prompt = parse(row.text);
    const element = at(prompt.elements, row.element - 1);
    /** @type {Record<string, () => import('./index.js').Prompt>} */
    const operations = {
      insert: () => insert(prompt, row.element - 1, row.with),
      move: () => move(prompt, element, row.to - 1),
      remove: () => remove(prompt, element),
      replace: () => replace(prompt, element, row.with),
    };
    const result = operations[row.operation]?.();
    expect(String(result)).toBe(row.want);
  });

  test('an element of another prompt is refused', () => {
    const stranger = at(parse('a, b').elements, 0);
    expect(() => remove(parse('a, b'), stranger)).toThrow('not part of this prompt');
  });
});

describe('expansion', () => {
  test.each(rows('alias_expand'))('%s', (_, { library, text, seed, stream, wildcards, want, problems = [] }) => {
    const drawing = { seed, stream, wildcards: wildcards && ((/** @type {string} */ name) => wildcards[name] ?? []) };
    const result = expand(text, AliasLibrary.fromDocument(library), drawing);
    expect(result.text).toBe(want);
    expect(
      result.problems.map(({ code, name, start, end, via, candidates }) => [code, name, start, end, via, candidates]),
    ).toEqual(problems);
  });

  test.each(rows('prompt_random'))('%s', (_, { seed, stream, place, words }) => {
    const draws = new Draws(seed, stream, place);
    expect(words.map(() => draws.word())).toEqual(words);
  });
});

describe('names for people', () => {
  test.each(rows('friendly'))('%s', (_, { token, friendly }) => {
    expect(friendlyName(token)).toBe(friendly);
  });

  test.each(rows('friendly', 'subcategories'))('%s', (_, { name, category, subcategory: want }) => {
    expect(subcategory(name, category)).toBe(want);
  });
});

import { describe, expect, it } from 'vitest';
import { narrowed } from './narrow.js';
import { completion, promptText, tagsBeside, tokenAt } from './token.js';

/** `|` is the caret. @param {string} typed */
function at(typed) {
  const caret = typed.lastIndexOf('¦');
  return { text: typed.replace('¦', ''), token: tokenAt(typed.replace('¦', ''), caret) };
}

describe('the token at the caret', () => {
  it.each([
    ['blue ey¦', 'blue ey'],
    ['1girl, blue ey¦', 'blue ey'],
    ['1girl,\nlong h¦, smile', 'long h'],
    ['1girl BREAK solo, BREAK sm¦', 'sm'],
    ['(blue ey¦:1.2)', 'blue ey'],
    ['((smi¦', 'smi'],
    ['[cle¦]', 'cle'],
    ['{red ha¦', 'red ha'],
    ['{red|blu¦} hair', 'blu'],
    ['saber (fa¦', 'saber (fa'],
    ['saber \\(fa¦', 'saber \\(fa'],
    ['(o)_(¦', '(o)_('],
    ['>_¦', '>_'],
    [':d¦', ':d'],
    ['|_¦', '|_'],
    ['初¦', '初'],
    ['/evth¦', '/evth'],
    ['@art¦', '@art'],
    ['a $hero$, sky¦', 'sky'],
  ])('%s asks for %s', (typed, query) => expect(at(typed).token?.query).toBe(query));

  it.each([
    ['¦'],
    ['1girl, ¦'],
    ['a¦'],
    ['1girl, b¦'],
    ['(blue eyes:1.¦'],
    ['((blue eyes):1¦'],
    ['<lora:evening¦'],
    ['__hair/col¦'],
    ['$her¦'],
    ['a $hero$¦, b $vil¦'],
    ['$hero$¦'],
    ['blue eyes  ¦'],
  ])('%s asks for nothing', (typed) => expect(at(typed).token).toBeNull());

  it('replaces the rest of a word that the caret stands in, and no more', () => {
    const { text, token } = at('1girl, blue e¦yes large, smile');
    expect(token && text.slice(token.start, token.end)).toBe('blue eyes');
  });
});

describe('what a choice inserts', () => {
  const long = { tag: 'long_hair' };
  /** @param {string} typed @param {{ tag: string, insert?: string }} item */
  const after = (typed, item) => {
    const { text, token } = at(typed);
    if (!token) throw new Error('no token');
    return text.slice(0, token.start) + completion(text, token, promptText(item)) + text.slice(token.end);
  };

  it.each([
    ['long¦', 'long hair, '],
    ['smile, long¦, solo', 'smile, long hair, solo'],
    ['(long¦:1.2)', '(long hair:1.2)'],
    ['((long¦))', '((long hair))'],
    ['{long¦|short}', '{long hair|short}'],
    ['long¦\nsolo', 'long hair, \nsolo'],
    ['long¦ and blue eyes', 'long hair, and blue eyes'],
  ])('%s becomes %s', (typed, text) => expect(after(typed, long)).toBe(text));

  it('escapes parentheses once, leaves faces alone, and takes a chant as it is', () => {
    expect(promptText({ tag: 'saber_(fate)' })).toBe('saber \\(fate\\)');
    expect(promptText({ tag: 'saber_\\(fate\\)' })).toBe('saber \\(fate\\)');
    for (const tag of ['>_<', 'o_o', '@_@', '0_0', '|_|', '||_||', '<o>_<o>', '._.']) {
      expect(promptText({ tag })).toBe(tag);
    }
    expect(promptText({ tag: '(o)_(o)' })).toBe('\\(o\\)_\\(o\\)');
    expect(promptText({ tag: 'best', insert: '(masterpiece), best_quality' })).toBe('(masterpiece), best_quality');
  });
});

it('knows what the prompt has already, however it is written', () => {
  const { text, token } = at('(Long Hair:1.2), saber \\(fate\\), bl¦');
  if (!token) throw new Error('no token');
  const beside = tagsBeside(text, token);
  expect(beside.has('long_hair')).toBe(true);
  expect(beside.has('saber_(fate)')).toBe(true);
  expect(beside.has('bl')).toBe(false);
});

describe('until the answer is here', () => {
  /** @param {string} tag @param {string} [alias] */
  const hit = (tag, alias) => /** @type {any} */ ({ tag, alias });
  it('keeps what still fits and drops what does not', () => {
    const items = [
      hit('blue_eyes'),
      hit('blue_sky'),
      hit('blueberry'),
      hit('breasts', 'blue balls'),
      hit('saber_(fate)'),
    ];
    expect(narrowed(items, 'blue e ey').map(({ tag }) => tag)).toEqual(['blue_eyes']);
    expect(narrowed(items, 'saber \\(fa').map(({ tag }) => tag)).toEqual(['saber_(fate)']);
    expect(narrowed(items, 'balls').map(({ tag }) => tag)).toEqual(['breasts']);
    expect(narrowed(items, 'green')).toEqual([]);
  });
});

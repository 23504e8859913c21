import { describe, expect, it } from 'vitest';
import { bytes, factsOf, textsOf } from './facts.js';

const item = /** @type {any} */ ({
  filename: 'a.png',
  subfolder: '',
  mtime: 1_763_812_345,
  kind: 'image',
  size: 1_440_000,
  width: 1216,
  height: 832,
});

describe('the details of a picture', () => {
  it('leaves out what is not known', () => {
    expect(factsOf(item, 'en').map((fact) => fact.key)).toEqual(['meta.size', 'meta.date', 'meta.file']);
    expect(textsOf(null)).toEqual([]);
    expect(textsOf({ has_prompt: false, prompt: '' })).toEqual([]);
  });

  it('writes a seed beyond the numbers of JavaScript as it is', () => {
    const seed = '18446744073709551615';
    const facts = factsOf({ ...item, meta: { has_prompt: true, seed } }, 'en');
    expect(facts.find((fact) => fact.key === 'meta.seed')?.value).toBe(seed);
  });

  it('names the strength of a LoRA where it is known', () => {
    const meta = { has_prompt: true, loras: ['a', 'b'], lora_strengths: { a: 0.8 } };
    expect(factsOf({ ...item, meta }, 'en').find((fact) => fact.key === 'meta.loras')?.value).toBe('a (0.8)\nb');
  });
});

it.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1_440_000, '1.4 MB'],
  [25_300_000, '25 MB'],
])('%i bytes are %s', (size, text) => {
  expect(bytes(size, 'en')).toBe(text);
});

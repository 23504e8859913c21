import { expect, it } from 'vitest';
import { CHUNK, chunksFor } from './chunks.js';

it('loads only what is looked at', () => {
  expect(chunksFor(0, 30, 1_000_000)).toEqual([0]);
  expect(chunksFor(CHUNK - 1, CHUNK + 1, 1_000_000)).toEqual([0, 1]);
  expect(chunksFor(500_000, 500_030, 1_000_000)).toEqual([4166]);
});

it('asks for nothing behind the end, and for nothing of nothing', () => {
  expect(chunksFor(90, 400, 130)).toEqual([0, 1]);
  expect(chunksFor(0, 0, 130)).toEqual([]);
  expect(chunksFor(0, 30, 0)).toEqual([]);
  expect(chunksFor(500, 530, 130)).toEqual([]);
});

// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { goneAfter } from './useGone.js';

/** @param {unknown[][]} files */
const changes = (...files) => ({ name: 'changes', data: { files } });

it('knows what went and what came back', () => {
  const gone = goneAfter(new Set(), changes(['removed', 'a', '', 1], ['created', 'b', '', 1], ['removed', 'c', '', 1]));
  expect([...gone]).toEqual(['a', 'c']);
  expect([...goneAfter(gone, changes(['created', 'a', '', 2]))]).toEqual(['c']);
});

it('stays the same where nothing of it changed', () => {
  const gone = new Set(['a']);
  expect(goneAfter(gone, changes(['created', 'b', '', 1], ['removed', 'a', '', 1]))).toBe(gone);
  expect(goneAfter(gone, { name: 'poll', data: {} })).toBe(gone);
  expect(goneAfter(gone, { name: 'changes', data: { reset: true } })).toBe(gone);
  expect(goneAfter(gone, { name: 'changes', data: null })).toBe(gone);
});

import { describe, expect, it } from 'vitest';
import { merged } from './mergeValues.js';

const theirs = { values: { Prompt: 'from the phone', Steps: 8 }, seeds: { Seed: 'fixed' }, bypassed: ['LoRA'] };

describe('values of another device', () => {
  it('are taken over where nothing was edited here', () => {
    expect(merged({ values: { Prompt: 'old' }, seeds: {}, bypassed: [] }, theirs)).toEqual(theirs);
  });

  it('never overwrite what was edited here and not yet sent', () => {
    const mine = { values: { Prompt: 'typed offline' }, seeds: {}, bypassed: [], dirty: true };
    expect(merged(mine, theirs)).toEqual({
      values: { Prompt: 'typed offline', Steps: 8 },
      seeds: { Seed: 'fixed' },
      bypassed: [],
    });
  });

  it('lie over what the predecessor left, and nothing of that is lost', () => {
    const mine = { values: { Prompt: 'old', CFG: 3 }, seeds: { Extra: 'random' }, bypassed: ['VAE'], old: true };
    expect(merged(/** @type {any} */ (mine), theirs)).toEqual({
      values: { Prompt: 'from the phone', Steps: 8, CFG: 3 },
      seeds: { Extra: 'random', Seed: 'fixed' },
      bypassed: ['LoRA', 'VAE'],
    });
  });
});

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
});

import { describe, expect, it } from 'vitest';
import { isFast, scale, TALLEST } from './scrollScale.js';

describe('the scroll area of a long list', () => {
  it('maps a short list one to one', () => {
    const s = scale(100_000, 800);
    expect(s.toV(1234)).toBe(1234);
    expect(s.maxV).toBe(99_200);
  });

  it('reaches the first and the last row of a million', () => {
    const s = scale(333_334 * 130, 700);
    expect(s.toV(0)).toBe(0);
    expect(s.toV(s.maxP)).toBe(s.maxV);
    expect(s.maxP).toBe(TALLEST - 700);
  });

  it('goes there and back without drifting', () => {
    const s = scale(40_000_000, 700);
    for (const v of [0, 1_999_999, 2_000_001, 19_876_543, s.maxV - 5, s.maxV])
      expect(s.toV(s.toP(v))).toBeCloseTo(v, 3);
  });

  it('has no negative places when everything fits on the screen', () => {
    expect(scale(300, 800)).toMatchObject({ maxV: 0, maxP: 0 });
  });
});

describe('flying by', () => {
  it.each([
    [50, 16, 700, false],
    [700, 16, 700, true],
    [-700, 16, 700, true],
    [700, 500, 700, false],
    [700, 0, 700, false],
    [700, 16, 0, false],
  ])('%i px in %i ms on a screen of %i px: %s', (distance, elapsed, screen, fast) => {
    expect(isFast(distance, elapsed, screen)).toBe(fast);
  });
});

import { describe, expect, it } from 'vitest';
import { boundsOf, countOf, isChoosing, isChosen, MOST, NOTHING, toggled, withIds, without } from './selection.js';

describe('a choice of pictures', () => {
  it('is there from the first picture until the last is left out', () => {
    const one = toggled(NOTHING, 7, 'a');
    expect(isChoosing(NOTHING)).toBe(false);
    expect(isChoosing(one)).toBe(true);
    expect(one.anchor).toBe(7);
    expect(isChoosing(toggled(one, 7, 'a'))).toBe(false);
  });

  it('changes nothing of the choice before it', () => {
    const one = toggled(NOTHING, 0, 'a');
    toggled(one, 1, 'b');
    expect([...one.ids]).toEqual(['a']);
    expect(NOTHING.ids.size).toBe(0);
  });

  it('shows what is painted before it is chosen, in both directions', () => {
    const painting = { ...withIds(NOTHING, ['x'], true), stretch: { from: 9, to: 4, on: true } };
    expect([3, 4, 9, 10].map((at) => isChosen(painting, at, undefined))).toEqual([false, true, true, false]);
    const erasing = { ...painting, stretch: { from: 4, to: 5, on: false } };
    expect(isChosen(erasing, 4, 'x')).toBe(false);
    expect(isChosen(erasing, 6, 'x')).toBe(true);
  });

  it('counts what is painted, not what was chosen before it twice', () => {
    const itemAt = (/** @type {number} */ at) => ({ id: `p${at}` });
    const chosen = withIds(NOTHING, ['p1', 'p2', 'p9'], true);
    expect(countOf(chosen, itemAt)).toBe(3);
    expect(countOf({ ...chosen, stretch: { from: 2, to: 4, on: true } }, itemAt)).toBe(5);
    expect(countOf({ ...chosen, stretch: { from: 3, to: 1, on: false } }, itemAt)).toBe(1);
  });

  it('does not take a picture that is not loaded for a chosen one', () => {
    expect(isChosen(NOTHING, 0, undefined)).toBe(false);
  });

  it('holds no more than the server takes', () => {
    const full = withIds(
      NOTHING,
      Array.from({ length: MOST + 5 }, (_, i) => `p${i}`),
      true,
    );
    expect(full.ids.size).toBe(MOST);
    expect(boundsOf({ from: 50_000, to: 10 })).toEqual({ first: 10, last: 10 + MOST });
    expect(boundsOf({ from: 3, to: 3 })).toEqual({ first: 3, last: 4 });
  });

  it('forgets what was deleted elsewhere, and stays the same when that was not in it', () => {
    const two = withIds(NOTHING, ['a', 'b'], true);
    expect([...without(two, ['b', 'z']).ids]).toEqual(['a']);
    expect(without(two, ['z'])).toBe(two);
  });
});

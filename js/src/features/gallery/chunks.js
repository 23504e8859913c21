/**
 * The library is read in chunks of one snapshot; only the chunks that are looked at are loaded.
 */

/** Items in one answer: about eight phone screens, 60 kB. */
export const CHUNK = 120;

/**
 * @param {number} first index of the first item looked at
 * @param {number} last index behind the last
 * @param {number} total
 * @returns {number[]} numbers of the chunks
 */
export function chunksFor(first, last, total) {
  if (total <= 0 || last <= first) return [];
  const from = Math.floor(Math.max(0, first) / CHUNK);
  const to = Math.floor((Math.min(last, total) - 1) / CHUNK);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

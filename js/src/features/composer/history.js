/**
 * Undo and redo of one text. The text itself lives elsewhere (the form); this remembers what it said before.
 * @typedef {object} History
 * @property {readonly string[]} past the oldest first
 * @property {readonly string[]} future the next redo last
 * @property {number} typedAt when the last typed change was made, ms; 0 after any other change
 */

/** @type {History} */
export const noHistory = { past: [], future: [], typedAt: 0 };

const DEPTH = 200;
/** Typing within this time is one step. */
const PAUSE_MS = 800;

/**
 * Remembers `before` as a step, unless it belongs to the typing that is under way.
 * @param {History} history
 * @param {string} before
 * @param {{ typed?: boolean, now: number }} change
 * @returns {History}
 */
export function remember(history, before, { typed = false, now }) {
  const sameTyping = typed && history.typedAt > 0 && now - history.typedAt < PAUSE_MS;
  const past = sameTyping ? history.past : [...history.past, before].slice(-DEPTH);
  return { past, future: [], typedAt: typed ? now : 0 };
}

/**
 * One step back, or null where there is none.
 * @param {History} history
 * @param {string} present
 */
export function undo({ past, future }, present) {
  const text = past.at(-1);
  if (text === undefined) return null;
  return { text, history: { past: past.slice(0, -1), future: [...future, present], typedAt: 0 } };
}

/**
 * One step forward again, or null where there is none.
 * @param {History} history
 * @param {string} present
 */
export function redo({ past, future }, present) {
  const text = future.at(-1);
  if (text === undefined) return null;
  return { text, history: { past: [...past, present], future: future.slice(0, -1), typedAt: 0 } };
}

/**
 * Where in a prompt something is put.
 * @import { Prompt } from '../../prompt/index.js'
 */
import { insert, replace } from '../../prompt/index.js';

/**
 * Puts a text where the caret is: behind the element that it is in, at the start of a line before the next one.
 * @param {Prompt} prompt
 * @param {number} caret in the printed prompt
 * @param {string} text
 */
export function insertAtCaret(prompt, caret, text) {
  const spans = prompt.spans();
  const place = spans.filter(([start]) => start < caret).length;
  const lineStart = prompt
    .toString()
    .slice(spans[place - 1]?.[1] ?? 0, caret)
    .includes('\n');
  const next = prompt.elements[place];
  return lineStart && next ? replace(prompt, next, `${text}, ${next.source}`) : insert(prompt, place, text);
}

/**
 * Where the caret belongs after a text became another one: behind what is new.
 * @param {string} before
 * @param {string} after
 */
export function caretAfter(before, after) {
  let same = 0;
  const most = Math.min(before.length, after.length);
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return after.length - same;
}

/**
 * Where in a prompt something is put.
 * @import { Prompt } from '../../prompt/index.js'
 */
import { insert, replace, setWeight } from '../../prompt/index.js';
import { stepped, weightOf } from './weighing.js';

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
 * Gives what the caret is in, or what is chosen, one step more or less weight.
 * @param {Prompt} prompt
 * @param {number} start of the selection, in the printed prompt
 * @param {number} end
 * @param {1 | -1} direction
 */
export function weighedAt(prompt, start, end, direction) {
  const touched = prompt.spans().flatMap(([from, to], index) => (from <= end && to >= start ? [index] : []));
  // A caret between two pieces means the one before it.
  const meant = start === end ? touched.slice(0, 1) : touched;
  return meant.reduce((changed, index) => {
    const element = changed.elements[index];
    if (!element || element.kind === 'break') return changed;
    return setWeight(changed, element, stepped(weightOf(element), direction));
  }, prompt);
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

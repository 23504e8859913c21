/**
 * How the text of a prompt is coloured: every character once, in order.
 * @import { Prompt } from '../../prompt/index.js'
 */

/**
 * `kind` is the kind of the element or null for what stands between; `level` that of the worst advice about it.
 * @typedef {{ text: string, kind: string | null, level: string | null }} Stretch
 */
/** @typedef {{ start: number, end: number, level: string }} Mark */

const WORST = ['error', 'warning', 'info'];
const PLAIN = new Set(['tag', 'group']);

/**
 * Cuts a prompt wherever an element or a mark begins or ends.
 * @param {Prompt} prompt
 * @param {readonly Mark[]} marks positions in the printed prompt; those outside of it are left out
 * @returns {Stretch[]}
 */
export function stretches(prompt, marks) {
  const text = prompt.toString();
  const spans = prompt.spans().map(([start, end], i) => ({ start, end, kind: kindOf(prompt, i) }));
  const inside = marks.filter(({ start, end }) => start >= 0 && start < end && end <= text.length);
  const cuts = new Set([0, text.length, ...[...spans, ...inside].flatMap(({ start, end }) => [start, end])]);
  const places = [...cuts].sort((a, b) => a - b);
  let next = 0;
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1] ?? start;
    while (next < spans.length && Number(spans[next]?.end) <= start) next += 1;
    const span = spans[next];
    const kind = span && span.start <= start ? span.kind : null;
    return { text: text.slice(start, end), kind, level: levelAt(inside, start, end) };
  });
}

/** @param {Prompt} prompt @param {number} index */
function kindOf(prompt, index) {
  const kind = prompt.elements[index]?.kind ?? 'tag';
  return PLAIN.has(kind) ? null : kind;
}

/** @param {readonly Mark[]} marks @param {number} start @param {number} end */
function levelAt(marks, start, end) {
  const here = marks.filter((mark) => mark.start <= start && mark.end >= end).map((mark) => mark.level);
  return WORST.find((level) => here.includes(level)) ?? null;
}

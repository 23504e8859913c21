/** @import { Timeline } from '../../services/apiTypes.js' */

/** @typedef {Timeline['months'][number]} Month */

/**
 * The month in which an item lies; the months are in the order of the grid.
 * @param {Month[]} months
 * @param {number} index
 */
export function monthAt(months, index) {
  let low = 0;
  let high = months.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((months[middle]?.offset ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return months[low] ?? null;
}

/**
 * Where each year begins, as parts of the whole, leaving out those that would touch the one before.
 * @param {Month[]} months
 * @param {number} total
 * @param {number} apart smallest distance, as a part of the whole
 */
export function yearMarks(months, total, apart) {
  /** @type {{ year: string, at: number }[]} */
  const marks = [];
  for (const { month, offset } of months) {
    const year = month.slice(0, 4);
    const at = total > 0 ? offset / total : 0;
    const last = marks.at(-1);
    if (last?.year === year || (last && at - last.at < apart)) continue;
    marks.push({ year, at });
  }
  return marks;
}

/** @type {Map<string, Intl.DateTimeFormat>} making one costs as much as drawing a row */
const formats = new Map();

/** @param {string} month `2026-03` @param {string} lang */
export function monthName(month, lang) {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const format = formats.get(lang) ?? new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric' });
  formats.set(lang, format);
  return format.format(new Date(year, number - 1, 1));
}

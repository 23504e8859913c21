/** Numbers as prompts write them: at most two decimals, no trailing zeros. The same as `weights.py`. */
import { isNumber, strip } from './grammar.js';

export const HIGHEST = 100;
const ONE = 1e-6;

/**
 * Rounds half up; written out because languages differ in rounding an exact half.
 * @param {number} value
 */
export function roundHundredths(value) {
  return Math.floor(value * 100 + 0.5) / 100;
}

/**
 * `1.2`, `0.75`, `2`.
 * @param {number} value
 */
export function formatWeight(value) {
  const hundredths = Math.floor(Math.abs(value) * 100 + 0.5);
  const rest = hundredths % 100;
  const fraction = rest ? `.${String(rest).padStart(2, '0')}`.replace(/0+$/, '') : '';
  return `${value < 0 && hundredths ? '-' : ''}${(hundredths - rest) / 100}${fraction}`;
}

/**
 * A weight from a number or its text; null for everything that is not one, such as NaN, null or "abc".
 * @param {unknown} value
 * @returns {number | null}
 */
export function readWeight(value) {
  const stripped = typeof value === 'string' ? strip(value) : '';
  const number = typeof value === 'string' ? (isNumber(stripped) ? Number(stripped) : NaN) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/**
 * Whether a weight says nothing.
 * @param {number} value
 */
export const isOne = (value) => Math.abs(value - 1) < ONE;

/**
 * Keeps a weight between `lowest` and 100.
 * @param {number} value
 * @param {number} lowest
 */
export const within = (value, lowest) => Math.min(Math.max(value, lowest), HIGHEST);

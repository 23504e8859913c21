/**
 * What a person set in a form, and what of it is sent.
 * @import { FormField, FieldValue } from '../../services/apiTypes.js'
 */

/**
 * What is kept under a name that a stranger chose, `constructor` for example.
 * @template Kept
 * @param {Record<string, Kept> | undefined} kept
 * @param {string} name
 */
export const own = (kept, name) => (kept && Object.hasOwn(kept, name) ? kept[name] : undefined);

/** @param {FormField} field @param {FieldValue | undefined} value */
export const shownValue = (field, value) => (value === undefined ? field.default : value);

/**
 * A number as it is typed, put within the field's limits; null for what is no number. Integers keep all their digits.
 * @param {string} text
 * @param {FormField} field
 * @returns {number | string | null}
 */
export function readNumber(text, field) {
  const clean = text.trim().replace(',', '.');
  if (field.kind === 'integer') {
    if (!/^[+-]?\d{1,20}$/.test(clean)) return null;
    const exact = within(BigInt(clean), field);
    return exact > BigInt(Number.MAX_SAFE_INTEGER) || exact < BigInt(Number.MIN_SAFE_INTEGER)
      ? String(exact)
      : Number(exact);
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(clean)) return null;
  const value = Number(clean);
  return Math.min(Number(field.max ?? value), Math.max(Number(field.min ?? value), value));
}

/** @param {bigint} value @param {FormField} field */
function within(value, { min, max }) {
  const low =
    min === null || min === undefined
      ? value
      : BigInt(Math.trunc(Number(min)) === Number(min) ? min : Math.ceil(Number(min)));
  const high =
    max === null || max === undefined
      ? value
      : BigInt(Math.trunc(Number(max)) === Number(max) ? max : Math.floor(Number(max)));
  if (value < low) return low;
  return value > high ? high : value;
}

/**
 * One step up or down.
 * @param {FormField} field
 * @param {FieldValue} value
 * @param {1 | -1} direction
 */
export function stepped(field, value, direction) {
  const step = Number(field.step) || (field.kind === 'integer' ? 1 : 0.05);
  if (field.kind === 'integer') {
    const now = readNumber(String(value), field) ?? 0;
    return readNumber(String(BigInt(now) + BigInt(direction * Math.max(1, Math.round(step)))), field);
  }
  const digits = Math.max(0, -Math.floor(Math.log10(step)) + 1);
  return readNumber((Number(value) + direction * step).toFixed(digits), field);
}

/**
 * Only what differs from the defaults: a workflow whose defaults change keeps what was set.
 * @param {FormField[]} fields
 * @param {Record<string, FieldValue>} values
 */
export function valuesToSend(fields, values) {
  const known = new Set(fields.map((field) => field.name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name)));
}

/** @param {FormField} field whether its value may change by itself at each run */
export const isDrawn = ({ kind, role, randomize }) =>
  (kind === 'integer' || kind === 'number') && (role === 'seed' || randomize === true);

/**
 * What becomes of such a value before anybody has said so: a seed is new each time, any other number stays.
 * @param {FormField} field
 * @returns {'random' | 'fixed'}
 */
export const firstMode = ({ role, name }) => (role === 'seed' || /seed/i.test(name) ? 'random' : 'fixed');

/** With more stops than this a slider only guesses. */
const MOST_STOPS = 400;

/**
 * The ends of a slider, where the limits are close enough for one.
 * @param {FormField} field
 */
export function sliderRange(field) {
  if (isDrawn(field) || field.min === null || field.max === null) return null;
  const [min, max] = [Number(field.min), Number(field.max)];
  const step = Number(field.step) || (field.kind === 'integer' ? 1 : 0.05);
  const stops = (max - min) / step;
  return stops >= 2 && stops <= MOST_STOPS ? { min, max, step } : null;
}

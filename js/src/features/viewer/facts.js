/** @import { Meta, Picture } from '../../services/apiTypes.js' */
/** @import { Key } from '../../i18n/translate.js' */

/** @typedef {{ key: Key, value: string, copy?: boolean }} Entry */

/** @param {Meta | null | undefined} meta @returns {Entry[]} the long texts */
export function textsOf(meta) {
  return /** @type {Entry[]} */ ([
    { key: 'meta.prompt', value: meta?.prompt },
    { key: 'meta.negative', value: meta?.negative },
  ]).filter(({ value }) => Boolean(value));
}

/** @param {Meta | null | undefined} meta */
function lorasOf(meta) {
  return (meta?.loras ?? [])
    .map((name) => {
      const strength = meta?.lora_strengths?.[name];
      return strength === undefined ? name : `${name} (${strength})`;
    })
    .join('\n');
}

/** @param {Meta | null | undefined} meta */
const samplerOf = (meta) => [meta?.sampler, meta?.scheduler].filter(Boolean).join(' · ');

/** @param {Picture} item */
function sizeOf(item, lang = 'en') {
  const pixels = item.width && item.height ? `${item.width} × ${item.height}` : '';
  return [pixels, item.size ? bytes(item.size, lang) : ''].filter(Boolean).join(' · ');
}

/** @param {number} size @param {string} lang */
export function bytes(size, lang) {
  const units = /** @type {const} */ (['byte', 'kilobyte', 'megabyte', 'gigabyte']);
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(size, 1)) / 3));
  const value = size / 1000 ** power;
  return new Intl.NumberFormat(lang, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    maximumFractionDigits: power > 1 && value < 10 ? 1 : 0,
  }).format(value);
}

/**
 * The short facts, in the order people look for them; what is not known is left out.
 * @param {Picture} item
 * @param {string} lang
 * @returns {Entry[]}
 */
export function factsOf(item, lang) {
  const { meta } = item;
  const text = (/** @type {unknown} */ value) => (value === null || value === undefined ? '' : String(value));
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }).format(item.mtime * 1000);
  return /** @type {Entry[]} */ ([
    { key: 'meta.model', value: meta?.models?.length ? meta.models.join('\n') : text(meta?.model), copy: true },
    { key: 'meta.loras', value: lorasOf(meta), copy: true },
    { key: 'meta.seed', value: text(meta?.seed), copy: true },
    { key: 'meta.sampler', value: samplerOf(meta) },
    { key: 'meta.steps', value: text(meta?.steps) },
    { key: 'meta.cfg', value: text(meta?.cfg) },
    { key: 'meta.workflow', value: text(meta?.workflow) },
    { key: 'meta.size', value: sizeOf(item, lang) },
    { key: 'meta.date', value: date },
    { key: 'meta.folder', value: item.subfolder },
    { key: 'meta.file', value: item.filename, copy: true },
  ]).filter(({ value }) => value !== '');
}

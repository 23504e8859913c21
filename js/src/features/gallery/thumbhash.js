import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash';

const KEPT = 600;
/** @type {Map<string, string>} */
const made = new Map();

/**
 * A blurred stand-in as a data URL; null for none or a broken one. The last few hundred are kept.
 * @param {string | null | undefined} hash base64
 */
export function placeholder(hash) {
  if (!hash) return null;
  const known = made.get(hash);
  if (known) return known;
  const url = decode(hash);
  if (!url) return null;
  if (made.size >= KEPT) made.delete(/** @type {string} */ (made.keys().next().value));
  made.set(hash, url);
  return url;
}

/**
 * The colour a picture has on the whole: a hundredth of the work of its blur, for tiles that fly by.
 * @param {string | null | undefined} hash base64
 * @returns {string | null} for CSS; null for none or a broken one, and for what can be seen through:
 *   the colour would stay behind it
 */
export function colourOf(hash) {
  const bytes = hash ? bytesOf(hash) : null;
  if (!bytes || hasAlpha(bytes)) return null;
  const { r, g, b } = thumbHashToAverageRGBA(bytes);
  return `rgb(${[r, g, b].map((part) => Math.round(255 * part)).join(' ')})`;
}

/** @param {Uint8Array} bytes the 24th bit of a hash */
const hasAlpha = (bytes) => ((bytes[2] ?? 0) & 0x80) !== 0;

/** @param {string} hash */
function decode(hash) {
  const bytes = bytesOf(hash);
  return bytes ? thumbHashToDataURL(bytes) : null;
}

/** @param {string} hash @returns {Uint8Array | null} */
function bytesOf(hash) {
  try {
    const bytes = Uint8Array.from(atob(hash), (c) => c.charCodeAt(0));
    return bytes.length < 5 ? null : bytes;
  } catch (error) {
    if (error instanceof DOMException) return null; // not base64
    throw error;
  }
}

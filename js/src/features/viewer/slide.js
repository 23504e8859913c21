/** @import { Picture } from '../../services/apiTypes.js' */
import { urlOf } from '../../services/request.js';

/**
 * @typedef {object} Slide
 * @property {string} src
 * @property {string} thumb
 * @property {number} width 0 when nobody knows
 * @property {number} height
 * @property {string} alt
 * @property {'image' | 'video' | 'audio'} kind
 */

/**
 * What the stage needs to know of a picture; null while it is not loaded.
 * @param {Picture | undefined} item
 * @returns {Slide | null}
 */
export function slideOf(item) {
  if (!item) return null;
  return {
    src: urlOf(item.url),
    thumb: `${urlOf(item.thumb)}${item.thumb.includes('?') ? '&' : '?'}w=384`,
    width: item.width ?? 0,
    height: item.height ?? 0,
    alt: item.meta?.prompt?.slice(0, 300) || item.filename,
    kind: item.kind,
  };
}

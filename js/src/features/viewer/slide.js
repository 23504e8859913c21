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
 * @param {string} [shown] address of the thumbnail that is on the screen already: it needs no wait
 * @returns {Slide | null}
 */
export function slideOf(item, shown = '') {
  if (!item) return null;
  const thumb = urlOf(item.thumb);
  return {
    src: urlOf(item.url),
    thumb: shown.startsWith(thumb) ? shown : `${thumb}${thumb.includes('?') ? '&' : '?'}w=384&frame=0`,
    width: item.width ?? 0,
    height: item.height ?? 0,
    alt: item.meta?.prompt?.slice(0, 300) || item.filename,
    kind: item.kind,
  };
}

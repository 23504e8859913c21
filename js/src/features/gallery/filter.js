/** @import { GalleryQuery } from '../../services/apiTypes.js' */

/**
 * What of the library is shown; it lives in the address, so that Back, bookmarks and reload keep it.
 * @typedef {object} Filter
 * @property {string} folder '' is everything
 * @property {'all' | 'image' | 'video' | 'audio'} kind
 */

const KINDS = /** @type {const} */ (['all', 'image', 'video', 'audio']);

/** @param {URLSearchParams} params @returns {Filter} */
export function filterOf(params) {
  const kind = KINDS.find((k) => k === params.get('kind')) ?? 'all';
  return { folder: params.get('folder') ?? '', kind };
}

/** @param {Filter} filter @returns {string} the route that shows it */
export function routeOf({ folder, kind }) {
  const params = new URLSearchParams();
  if (folder) params.set('folder', folder);
  if (kind !== 'all') params.set('kind', kind);
  const text = params.toString();
  return text ? `/gallery?${text}` : '/gallery';
}

/** @param {Filter} filter @returns {GalleryQuery} */
export function queryOf({ folder, kind }) {
  return { subfolder: folder, recursive: true, ...(kind !== 'all' && { kind }) };
}

/**
 * The folders above, outermost first.
 * @param {string} folder
 * @returns {{ name: string, path: string }[]}
 */
export function trail(folder) {
  const names = folder.split('/').filter(Boolean);
  return names.map((name, i) => ({ name, path: names.slice(0, i + 1).join('/') }));
}

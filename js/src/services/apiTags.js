/**
 * The rows that are about tags. Part of api.js.
 * @import { RelatedTags, Schemas, TagCategories, TagLists, TagListTaken, TagPage, TagQuery } from './apiTypes.js'
 */
import { request } from './request.js';
import { upload } from './upload.js';

/** @param {TagQuery['nsfw']} nsfw @param {AbortSignal} [signal] @returns {Promise<TagCategories>} */
export const getTagCategories = (nsfw, signal) =>
  request('api/tags/categories', { query: { nsfw }, ...(signal && { signal }) });

/** @param {TagQuery} query @param {AbortSignal} [signal] @returns {Promise<TagPage>} */
export const searchTags = (query, signal) => request('api/tags/search', { query, ...(signal && { signal }) });

/** @param {string[]} tags @returns {Promise<Schemas['ValidateReply']>} @public */
export const validateTags = (tags) => request('api/tags/validate', { method: 'POST', body: { tags } });

/** @param {AbortSignal} [signal] @returns {Promise<TagLists>} */
export const getTagLists = (signal) => request('api/tags/sources', { ...(signal && { signal }) });

/** @param {Schemas['SourcesBody']} body @returns {Promise<TagLists>} */
export const changeTagLists = (body) => request('api/tags/sources', { method: 'POST', body });

/**
 * @param {File} file
 * @param {import('./upload.js').UploadOptions} [options]
 * @returns {Promise<TagListTaken>}
 */
export function uploadTagList(file, options) {
  const body = new FormData();
  body.append('file', file, file.name);
  return upload('api/tags/sources', body, options ?? {});
}

/** @param {string} tag @param {AbortSignal} [signal] @returns {Promise<RelatedTags>} */
export const getRelatedTags = (tag, signal) =>
  request('api/tags/related', { query: { tag, limit: 24 }, ...(signal && { signal }) });

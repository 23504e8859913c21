/**
 * The rows that are about tags. Part of api.js.
 * @import { Schemas } from './apiTypes.js'
 */
import { request } from './request.js';

/** @param {string} [nsfw] @param {AbortSignal} [signal] @returns {Promise<Schemas['CategoriesReply']>} @public */
export const getTagCategories = (nsfw, signal) =>
  request('api/tags/categories', { query: { nsfw }, ...(signal && { signal }) });

/**
 * @param {Partial<Schemas['SearchQuery']>} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<Schemas['SearchReply']>}
 * @public
 */
export const searchTags = (query, signal) => request('api/tags/search', { query, ...(signal && { signal }) });

/** @param {string[]} tags @returns {Promise<Schemas['ValidateReply']>} @public */
export const validateTags = (tags) => request('api/tags/validate', { method: 'POST', body: { tags } });

/** @param {AbortSignal} [signal] @returns {Promise<Schemas['SourcesReply']>} @public */
export const getTagLists = (signal) => request('api/tags/sources', { ...(signal && { signal }) });

/** @param {Schemas['SourcesBody']} body @returns {Promise<Schemas['SourcesReply']>} @public */
export const changeTagLists = (body) => request('api/tags/sources', { method: 'POST', body });

/** @param {string} tag @param {AbortSignal} [signal] @returns {Promise<Schemas['RelatedReply']>} @public */
export const getRelatedTags = (tag, signal) =>
  request('api/tags/related', { query: { tag }, ...(signal && { signal }) });

/**
 * The rows that are about files: pictures, the trash, inputs. Part of api.js.
 * @import { Schemas } from './apiTypes.js'
 */
import { request, urlOf } from './request.js';

/**
 * @param {{ filename: string, subfolder?: string, type?: string, w?: number, v?: string }} query
 * @returns {string} an address for `src`
 * @public
 */
export const thumbUrl = (query) => urlOf('thumb', query);

/**
 * @param {{ type: string, name: string }} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<Schemas['ModelReply']>} what is written about a model
 * @public
 */
export const getModel = (query, signal) => request('api/model', { query, ...(signal && { signal }) });

/** @param {File[]} files @returns {Promise<Schemas['UploadedReply']>} which became workflows, and which not and why */
export function uploadWorkflows(...files) {
  const body = new FormData();
  files.filter((file) => file instanceof File).forEach((file) => body.append('file', file, file.name));
  return request('api/workflows/upload', { method: 'POST', body });
}

/** @returns {Promise<Schemas['ClearedReply']>} @public */
export const clearThumbs = () => request('api/clear_cache', { method: 'POST' });

/**
 * @param {{ filename: string, subfolder?: string }} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<Schemas['PromptReply']>} the graph that made a file
 * @public
 */
export const getGalleryPrompt = (query, signal) => request('api/gallery/prompt', { query, ...(signal && { signal }) });

/** @param {{ subfolder?: string, recursive?: boolean }} query @returns {string} for an EventSource @public */
export const galleryStreamUrl = (query) => urlOf('api/gallery/stream', query);

/** @param {string} id @param {{ v?: string, download?: boolean }} [query] @returns {string} */
export const mediaUrl = (id, query) => urlOf(`media/${encodeURIComponent(id)}`, query);

/** @param {Schemas['DeleteBody']} body one file by name @returns {Promise<Schemas['DeletedReply']>} @public */
export const deleteFile = (body) => request('api/gallery/delete', { method: 'POST', body });

/** @param {Schemas['DeleteAllBody']} body a whole folder @returns {Promise<Schemas['DeletedReply']>} @public */
export const deleteAll = (body) => request('api/gallery/delete_all', { method: 'POST', body });

/** @param {string[]} ids @returns {Promise<Schemas['DeletedReply']>} with an `undo` */
export const trashItems = (ids) => request('api/gallery/trash', { method: 'POST', body: { ids } });

/** @param {string[]} ids @returns {Promise<Schemas['ZipReply']>} where their archive can be downloaded */
export const zipItems = (ids) => request('api/gallery/zip', { method: 'POST', body: { ids, link: true } });

/** @param {string} path the `url` of `zipItems` @returns {string} that the browser saves from */
export const zipUrl = (path) => urlOf(`api/gallery/zip/${path.split('/').at(-1)}`);

/** @param {AbortSignal} [signal] @returns {Promise<Schemas['TrashReply']>} @public */
export const getTrash = (signal) => request('api/trash', { ...(signal && { signal }) });

/** @param {string[]} ids @public */
export const restoreFromTrash = (ids) => request('api/trash/restore', { method: 'POST', body: { ids } });

/** For good. @public */
export const emptyTrash = () => request('api/trash/empty', { method: 'POST' });

/** @param {string} path below the input folder @returns {string} @public */
export const inputUrl = (path) => urlOf('input/file', { path });

/** @param {Schemas['RemixBody']} body @returns {Promise<Schemas['RemixReply']>} @public */
export const remixItem = (body) => request('api/gallery/remix', { method: 'POST', body });

/** @param {Schemas['RerunBody']} body @returns {Promise<Schemas['QueueReply']>} */
export const rerunItem = (body) => request('api/gallery/rerun', { method: 'POST', body });

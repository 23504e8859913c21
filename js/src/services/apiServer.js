/**
 * The rows that are about the server, its documents and its runs. Part of api.js.
 * @import { Schemas } from './apiTypes.js'
 */
import { request, requestWithTag, urlOf } from './request.js';

/** @param {string} name a path; its slashes stay */
const pathOf = (name) => name.split('/').map(encodeURIComponent).join('/');

/** @returns {Promise<Schemas['HelloReply']>} @public */
export const getHello = () => request('hello');

/** The contract itself, for whoever writes a client. @public */
export const getContract = () => request('api/openapi.json');

/** @param {string} text @returns {string} an address for `src` @public */
export const qrUrl = (text) => urlOf('api/qr', { text });

/** @param {{ topics?: string, previews?: boolean }} [query] @returns {string} for an EventSource @public */
export const eventsUrl = (query) => urlOf('api/events', query);

/** @param {string} name @param {AbortSignal} [signal] @public */
export const getWorkflow = (name, signal) => requestWithTag(`workflows/${pathOf(name)}`, { ...(signal && { signal }) });

/**
 * @param {string} name
 * @param {Schemas['SaveBody']} body
 * @param {string | null} etag null: it must not exist yet
 * @public
 */
export const saveWorkflow = (name, body, etag) =>
  requestWithTag(`api/workflows/${pathOf(name)}`, {
    method: 'PUT',
    body,
    headers: etag === null ? { 'if-none-match': '*' } : { 'if-match': etag },
  });

/** @param {AbortSignal} [signal] @public */
export const getWorkflowTypes = (signal) => requestWithTag('api/workflow_types', { ...(signal && { signal }) });

/** @param {Schemas['TypeBody']} body @returns {Promise<Schemas['TypesChangedReply']>} @public */
export const setWorkflowType = (body) => request('api/workflow_types', { method: 'POST', body });

/** @param {string} workflow @param {AbortSignal} [signal] @public */
export const getWorkflowType = (workflow, signal) =>
  requestWithTag(`api/workflow_types/${pathOf(workflow)}`, { ...(signal && { signal }) });

/** @param {string} workflow @param {Schemas['TypePatch']} body @param {string} etag @public */
export const patchWorkflowType = (workflow, body, etag) =>
  requestWithTag(`api/workflow_types/${pathOf(workflow)}`, { method: 'PATCH', body, headers: { 'if-match': etag } });

/** @param {string} workflow @param {string} etag @public */
export const deleteWorkflowType = (workflow, etag) =>
  request(`api/workflow_types/${pathOf(workflow)}`, { method: 'DELETE', headers: { 'if-match': etag } });

/** @param {string} workflow @param {string} id */
const onePreset = (workflow, id) =>
  /** @type {const} */ ([`api/workflow_presets/${encodeURIComponent(id)}`, { workflow }]);

/** @param {string} workflow @param {string} id @param {AbortSignal} [signal] @public */
export function getPreset(workflow, id, signal) {
  const [path, query] = onePreset(workflow, id);
  return requestWithTag(path, { query, ...(signal && { signal }) });
}

/**
 * @param {string} workflow
 * @param {string} id
 * @param {Schemas['PresetBody']} body
 * @param {string | null} etag null: it must not exist yet
 * @public
 */
export function putPreset(workflow, id, body, etag) {
  const [path, query] = onePreset(workflow, id);
  const headers = /** @type {Record<string, string>} */ (
    etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }
  );
  return requestWithTag(path, { method: 'PUT', query, body, headers });
}

/** @param {string} workflow @param {string} id @param {Schemas['PresetPatch']} body @param {string} etag @public */
export function patchPreset(workflow, id, body, etag) {
  const [path, query] = onePreset(workflow, id);
  return requestWithTag(path, { method: 'PATCH', query, body, headers: { 'if-match': etag } });
}

/** @param {string} workflow @param {string} id @param {string} etag @public */
export function removePreset(workflow, id, etag) {
  const [path, query] = onePreset(workflow, id);
  return request(path, { method: 'DELETE', query, headers: { 'if-match': etag } });
}

/** @param {Schemas['PromptRawBody']} body what was typed for a run @public */
export const keepPromptRaw = (body) => request('api/prompt_raw', { method: 'POST', body });

/** @returns {string} an address for a download @public */
export const backupUrl = () => urlOf('api/backup');

/** @param {Blob} file @returns {Promise<Schemas['RestoreReply']>} @public */
export function restoreBackup(file) {
  const body = new FormData();
  body.append('file', file);
  return request('api/backup/restore', { method: 'POST', body });
}

/** @param {Schemas['PasswordBody']} body @returns {Promise<Schemas['LoginReply']>} @public */
export const changePassword = (body) => request('api/password', { method: 'POST', body });

/** @param {Schemas['LinkBody']} body @returns {Promise<Schemas['LinkReply']>} a link that needs no cookie for a minute @public */
export const signLink = (body) => request('api/media/sign', { method: 'POST', body });

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Schemas['RunReply']>} @public */
export const getRun = (id, signal) => request(`api/runs/${encodeURIComponent(id)}`, { ...(signal && { signal }) });

/** @param {Schemas['ClearBody']} body @returns {Promise<Schemas['ClearReply']>} @public */
export const clearRuns = (body) => request('api/runs/clear', { method: 'POST', body });

/** @param {Schemas['ReorderBody']} body @returns {Promise<Schemas['ReorderReply']>} @public */
export const reorderRuns = (body) => request('api/runs/reorder', { method: 'POST', body });

/** @param {Record<string, unknown>} body the whole document @param {string} [etag] @public */
export const saveAliases = (body, etag) =>
  request('api/aliases', { method: 'POST', body, headers: etag ? { 'if-match': etag } : {} });

/** @param {Schemas['CheckBody']} body @returns {Promise<Schemas['CheckReply']>} @public */
export const checkAliases = (body) => request('api/alias_check', { method: 'POST', body });

/** @param {{ format?: string }} [query] @returns {string} an address for a download @public */
export const aliasExportUrl = (query) => urlOf('api/alias_export', query);

/** @param {AbortSignal} [signal] @returns {Promise<Schemas['WarmingReply']>} @public */
export const getWarming = (signal) => request('api/thumbs/warming', { ...(signal && { signal }) });

/** @param {Schemas['WarmingBody']} body @returns {Promise<Schemas['WarmingReply']>} @public */
export const controlWarming = (body) => request('api/thumbs/warming', { method: 'POST', body });

/**
 * The silent beginning of a clip, for a feed.
 * @param {string} thumb the item's `thumb` @returns {string}
 */
export const previewUrl = (thumb) => urlOf(String(thumb).replace(/^[^?]*/, 'preview'));

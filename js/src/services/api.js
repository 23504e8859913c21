/**
 * One function per endpoint, in the order of the server's table.
 * @import {
 *   AuthStatus, GalleryPage, GalleryQuery, InputPage, Pairing, Picture, Queued, QueueBody, RunList, SessionList, SignedIn, Timeline, UploadedInput,
 *   WorkflowForm, WorkflowList
 * } from './apiTypes.js'
 */
import { request } from './request.js';

/** @param {string} name a path; its slashes stay */
const pathOf = (name) => name.split('/').map(encodeURIComponent).join('/');

/** @param {AbortSignal} [signal] @returns {Promise<WorkflowList>} */
export const getWorkflows = (signal) => request('workflows', { ...(signal && { signal }) });

/** @param {string} name @param {AbortSignal} [signal] @returns {Promise<WorkflowForm>} */
export const getWorkflowForm = (name, signal) =>
  request(`api/workflows/${pathOf(name)}/form`, { ...(signal && { signal }) });

/**
 * Send a picture or clip to work from. `keepMetadata` sends its place, camera and texts along.
 * @param {Blob} file
 * @param {{ name?: string, subfolder?: string, keepMetadata?: boolean, signal?: AbortSignal }} [options]
 * @returns {Promise<UploadedInput>}
 * @public
 */
export function uploadImage(file, { name, subfolder, keepMetadata, signal } = {}) {
  const body = new FormData();
  body.append('image', file, name ?? (file instanceof File ? file.name : 'picture'));
  const query = { subfolder, ...(keepMetadata && { metadata: 'keep' }) };
  return request('upload_image', { method: 'POST', query, body, ...(signal && { signal }) });
}

/**
 * A page of the input folder; folders first.
 * @param {{ subfolder?: string, page?: number, per_page?: number, sort?: 'name' | 'newest' }} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<InputPage>}
 * @public
 */
export const getInputs = (query, signal) => request('input', { query, ...(signal && { signal }) });

/** @param {QueueBody} body @returns {Promise<Queued>} */
export const queueRun = (body) => request('api/queue', { method: 'POST', body });

/** @param {AbortSignal} [signal] @returns {Promise<RunList>} */
export const getRuns = (signal) => request('api/runs', { query: { limit: 50 }, ...(signal && { signal }) });

/** @param {string} id */
export const cancelRun = (id) => request(`api/runs/${encodeURIComponent(id)}/cancel`, { method: 'POST' });

/** @param {AbortSignal} [signal] @returns {Promise<AuthStatus>} */
export const getAuthStatus = (signal) => request('api/auth_status', { ...(signal && { signal }) });

/** @param {GalleryQuery} query @param {AbortSignal} [signal] @returns {Promise<GalleryPage>} */
export const getGallery = (query, signal) => request('api/gallery', { query, ...(signal && { signal }) });

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Picture>} */
export const getGalleryItem = (id, signal) =>
  request(`api/gallery/item/${encodeURIComponent(id)}`, { ...(signal && { signal }) });

/** @param {GalleryQuery} query @param {AbortSignal} [signal] @returns {Promise<Timeline>} */
export const getGalleryTimeline = (query, signal) =>
  request('api/gallery/timeline', {
    query: { ...query, tz: Intl.DateTimeFormat().resolvedOptions().timeZone },
    ...(signal && { signal }),
  });

/** @param {{ username: string, password: string, device: string }} body @returns {Promise<SignedIn>} */
export const login = (body) => request('api/login', { method: 'POST', body });

export const logout = () => request('api/logout', { method: 'POST' });

/** @param {AbortSignal} [signal] @returns {Promise<SessionList>} */
export const getSessions = (signal) => request('api/sessions', { ...(signal && { signal }) });

/** @param {string} id */
export const revokeSession = (id) => request(`api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const revokeOtherSessions = () => request('api/sessions', { method: 'DELETE' });

/** @returns {Promise<Pairing>} */
export const startPairing = () => request('api/pair/start', { method: 'POST' });

/** @param {{ code: string, device: string }} body @returns {Promise<SignedIn>} */
export const claimPairing = (body) => request('api/pair/claim', { method: 'POST', body });

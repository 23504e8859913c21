/**
 * One function per endpoint, in the order of the server's table.
 * @import { AuthStatus, GalleryPage, GalleryQuery, Picture, Timeline } from './apiTypes.js'
 */
import { request } from './request.js';

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

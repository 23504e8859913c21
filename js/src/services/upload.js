/** Uploads that say how far they are, which `fetch` cannot. */
import { ApiError, refusalOf, urlOf } from './request.js';

/** @typedef {{ onProgress?: (share: number) => void, signal?: AbortSignal }} UploadOptions `share` goes from 0 to 1 */

/**
 * @param {string} path relative to the page
 * @param {FormData} body
 * @param {UploadOptions} options
 * @returns {Promise<any>} the JSON of the answer; rejects with an ApiError, or with the signal's reason
 */
export function upload(path, body, { onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', urlOf(path));
    sending.setRequestHeader('accept', 'application/json');
    sending.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total ? loaded / total : 0));
    sending.addEventListener('error', () => reject(new ApiError(0, 'unreachable', 'The server does not answer.')));
    sending.addEventListener('abort', () => reject(signal?.reason));
    sending.addEventListener('load', () => {
      const answer = readJson(sending.responseText);
      if (sending.status >= 200 && sending.status < 300 && answer) resolve(answer);
      else reject(refusalOf(sending.status, sending.getResponseHeader('retry-after'), answer));
    });
    signal?.addEventListener('abort', () => sending.abort());
    sending.send(body);
  });
}

/** @param {string} text @returns {any} null for what is no JSON, such as a proxy's page */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

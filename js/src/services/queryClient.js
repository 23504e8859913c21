import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './request.js';

/**
 * Asking again helps when the server was away or busy, not when it refused.
 * @param {number} failures
 * @param {Error} error
 */
export function worthRetrying(failures, error) {
  if (failures >= 2) return false;
  return !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 502;
}

export function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      // A home network without internet must not pause anything.
      queries: { staleTime: 10_000, retry: worthRetrying, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}

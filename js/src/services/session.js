/**
 * Who is signed in, asked of the server first: with no login configured there is nothing to sign in to.
 * @import { AuthStatus } from './apiTypes.js'
 */
import { create } from 'zustand';
import { getAuthStatus, logout } from './api.js';
import { ApiError, onOutcome } from './request.js';

/**
 * @typedef {object} Session
 * @property {'asking' | 'open' | 'in' | 'out'} state `open`: the server has no login
 * @property {string | null} user
 * @property {boolean} defaultCredentials
 * @property {boolean} ended whether it was the server that ended a session that was there
 */

export const useSession = create(
  /** @type {import('zustand').StateCreator<Session>} */
  (() => ({ state: 'asking', user: null, defaultCredentials: false, ended: false })),
);

/** Whether there is anything to see: signed in, or no login at all. */
export const maySee = () => ['open', 'in'].includes(useSession.getState().state);

/** @param {AuthStatus} status @returns {Session} */
export function sessionOf(status) {
  const state = !status.auth_enabled ? 'open' : status.authenticated ? 'in' : 'out';
  return { state, user: status.user, defaultCredentials: status.default_credentials ?? false, ended: false };
}

/** The server knows no session any more. */
function end() {
  const { state } = useSession.getState();
  if (state !== 'out') useSession.setState({ state: 'out', user: null, ended: state === 'in' });
}

/** Asks the server; an unreachable server leaves the state as it is. */
export async function refreshSession() {
  try {
    useSession.setState(sessionOf(await getAuthStatus()));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) end();
  }
}

/** Any 401 means that the session ended, wherever it is seen. */
export function followSession() {
  onOutcome((error) => {
    if (error?.status === 401) end();
  });
  return refreshSession();
}

/** Signs this device out, on the server too. An unreachable server is said by the shell. */
export async function leave() {
  try {
    await logout();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 401) return;
  }
  useSession.setState({ state: 'out', user: null, defaultCredentials: false, ended: false });
}

import { create } from 'zustand';
import { onOutcome } from './request.js';

/** Whether the server answers. */
export const useConnection = create(
  /** @type {import('zustand').StateCreator<{ reachable: boolean }>} */
  (() => ({ reachable: true })),
);

export function followConnection() {
  onOutcome((error) => {
    const reachable = error?.status !== 0;
    if (useConnection.getState().reachable !== reachable) useConnection.setState({ reachable });
  });
}

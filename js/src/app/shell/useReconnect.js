import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { refreshSession } from '../../services/session.js';
import { useConnection } from '../../services/connection.js';

const EVERY_MS = 3000;

/**
 * While the server is away, knock; when it answers, ask again for what had failed.
 * @param {boolean} away
 */
export function useReconnect(away) {
  const client = useQueryClient();
  useEffect(() => {
    if (!away) return undefined;
    const timer = setInterval(async () => {
      await refreshSession();
      if (useConnection.getState().reachable) client.refetchQueries({ predicate: (q) => q.state.status === 'error' });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [away, client]);
}

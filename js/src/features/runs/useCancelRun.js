import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelRun } from '../../services/api.js';
import { toasts } from '../../ui/primitives/toasts.js';

/** Ends a run that waits or works. */
export function useCancelRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (/** @type {string} */ id) => cancelRun(id),
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

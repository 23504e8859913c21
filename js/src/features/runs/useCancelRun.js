import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { cancelRun } from '../../services/api.js';
import { sayError } from '../../ui/primitives/sayError.js';

/** Ends a run that waits or works. */
export function useCancelRun() {
  const client = useQueryClient();
  const { t } = useT();
  return useMutation({
    mutationFn: (/** @type {string} */ id) => cancelRun(id),
    onError: (error) => sayError(error, t),
    onSettled: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

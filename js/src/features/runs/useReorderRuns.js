/** @import { RunList } from '../../services/apiTypes.js' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { reorderRuns } from '../../services/apiServer.js';
import { toasts } from '../../ui/primitives/toasts.js';
import { reordered } from './runOrder.js';

const KEY = ['runs'];

/** Lets what waits start in another order; shown at once, and as the host has it afterwards. */
export function useReorderRuns() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (/** @type {string[]} */ ids) => reorderRuns({ run_ids: ids }),
    onMutate: (ids) => client.setQueryData(KEY, (/** @type {RunList | undefined} */ list) => reordered(list, ids)),
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

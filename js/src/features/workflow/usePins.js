import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { getPins, putPins } from '../../services/api.js';
import { sayError } from '../../ui/primitives/sayError.js';

const KEY = ['pins'];

/** The workflows that are pinned, and a way to pin and unpin one. */
export function usePins() {
  const client = useQueryClient();
  const { t } = useT();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => getPins(signal), staleTime: 30_000 });
  const pins = query.data?.answer.workflows ?? [];
  const put = useMutation({
    mutationFn: (/** @type {string[]} */ workflows) => putPins(workflows, query.data?.etag ?? null),
    onError: (error) => sayError(error, t),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const toggle = (/** @type {string} */ name) =>
    put.mutate(pins.includes(name) ? pins.filter((each) => each !== name) : [...pins, name]);
  return { pins, toggle };
}

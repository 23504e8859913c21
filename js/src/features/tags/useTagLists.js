/** @import { TagListChange, TagLists } from '../../services/apiTypes.js' */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { changeTagLists, getTagLists, uploadTagList } from '../../services/api.js';

const KEY = ['tags', 'lists'];

/** The lists, asked again while one is being read. @param {boolean} watching */
export function useTagLists(watching) {
  const lists = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => getTagLists(signal),
    refetchInterval: ({ state }) => (watching || state.data?.state === 'building' ? 500 : false),
  });
  return lists;
}

/** Enabling, naming and ordering lists. */
export function useChangeLists() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (/** @type {{ lists?: TagListChange[], order?: string[] }} */ change) => changeTagLists(change),
    onSuccess: (answer) => client.setQueryData(KEY, answer),
    onSettled: () => void client.invalidateQueries({ queryKey: ['tags'] }),
  });
}

/** What the server takes; it says so itself, but only once everything was sent. */
const LARGEST = 256 * 1024 * 1024;

/** Uploading a list: how much of it was sent, and how to stop. @param {string} tooLarge what is said of one that is */
export function useUploadList(tooLarge) {
  const client = useQueryClient();
  const [sent, setSent] = useState(0);
  const stop = useRef(new AbortController());
  const sending = useMutation({
    mutationFn: async (/** @type {File} */ file) => {
      if (file.size > LARGEST) throw new Error(tooLarge);
      setSent(0);
      stop.current = new AbortController();
      return uploadTagList(file, { onProgress: setSent, signal: stop.current.signal });
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: ['tags'] }),
  });
  const wasStopped = sending.error instanceof DOMException && sending.error.name === 'AbortError';
  return { ...sending, error: wasStopped ? null : sending.error, sent, cancel: () => stop.current.abort() };
}

/** The order in which a list goes before the one above it. @param {TagLists['sources']} lists @param {number} place */
export function movedUp(lists, place) {
  const names = lists.map(({ name }) => name);
  const [name] = names.splice(place, 1);
  if (name !== undefined) names.splice(place - 1, 0, name);
  return names;
}

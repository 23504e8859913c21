import { useSyncExternalStore } from 'react';

const query = '(min-width: 1200px)';

/** @param {() => void} tell */
function subscribe(tell) {
  const media = matchMedia(query);
  media.addEventListener('change', tell);
  return () => media.removeEventListener('change', tell);
}

/** Whether there is room for a list and its details side by side. */
export const useWide = () => useSyncExternalStore(subscribe, () => matchMedia(query).matches);

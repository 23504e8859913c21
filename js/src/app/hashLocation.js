import { useSyncExternalStore } from 'react';

/**
 * Hash routes for wouter with the query INSIDE the hash (`#/library?tab=tags`), as old bookmarks have it.
 */
const raw = () => location.hash.replace(/^#?\/?/, '/');
const path = () => raw().split('?', 1)[0] ?? '/';
const search = () => raw().slice(path().length + 1);

/** @type {Set<() => void>} */
const subscribers = new Set();
const fire = () => subscribers.forEach((tell) => tell());

/** @param {() => void} tell */
function subscribe(tell) {
  if (subscribers.size === 0) {
    addEventListener('hashchange', fire);
    addEventListener('popstate', fire);
  }
  subscribers.add(tell);
  return () => {
    subscribers.delete(tell);
    if (subscribers.size > 0) return;
    removeEventListener('hashchange', fire);
    removeEventListener('popstate', fire);
  };
}

/**
 * @param {string} to
 * @param {{ replace?: boolean, state?: unknown }} [options]
 */
export function navigate(to, { replace = false, state = null } = {}) {
  const over = replace || Boolean(history.state?.layer); // what lay on top of the page is left behind
  history[over ? 'replaceState' : 'pushState'](state, '', `#${to.startsWith('/') ? to : `/${to}`}`);
  fire();
}

/** @returns {[string, typeof navigate]} */
export function useHashLocation() {
  return [useSyncExternalStore(subscribe, path, path), navigate];
}
const useHashSearch = () => useSyncExternalStore(subscribe, search, search);
useHashLocation.hrefs = (/** @type {string} */ href) => `#${href}`;
useHashLocation.searchHook = useHashSearch;

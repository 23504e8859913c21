/** @import { Filter } from '../../features/gallery/filter.js' */
import { useCallback } from 'react';
import { routeOf } from '../../features/gallery/filter.js';
import { navigate } from '../hashLocation.js';

/** @param {Filter} filter @param {string} view */
function routeWithItem(filter, view) {
  const route = routeOf(filter);
  return `${route}${route.includes('?') ? '&' : '?'}view=${encodeURIComponent(view)}`;
}

/** @returns {number | null} where the open item stands; the entry keeps it through a reload */
const indexHere = () => (Number.isInteger(history.state?.index) ? history.state.index : null);

/**
 * The open picture is an entry of the history, so that Back closes it.
 * @param {Filter} filter
 * @param {string | null} view
 */
export function useOpenItem(filter, view) {
  const index = view === null ? null : indexHere();
  const show = useCallback(
    (/** @type {number} */ at) => navigate(routeWithItem(filter, String(at)), { state: { index: at, opened: true } }),
    [filter],
  );
  const move = useCallback(
    (/** @type {number} */ at, /** @type {string} */ id) =>
      navigate(routeWithItem(filter, id), { replace: true, state: { index: at, opened: history.state?.opened } }),
    [filter],
  );
  const close = useCallback(() => {
    if (history.state?.opened) history.back();
    else navigate(routeOf(filter), { replace: true });
  }, [filter]);
  return { open: index === null ? null : { index }, show, move, close };
}

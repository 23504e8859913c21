import { useCallback, useEffect, useState } from 'react';
import { listen } from '../../services/live.js';

/** @import { LiveEvent } from '../../services/sse.js' */

/**
 * What a change of the library means for those that are known to be gone.
 * @param {ReadonlySet<string>} gone
 * @param {LiveEvent} event
 * @returns {ReadonlySet<string>} the same when nothing changed
 */
export function goneAfter(gone, event) {
  if (event.name !== 'changes' || !Array.isArray(event.data?.files)) return gone;
  const next = new Set(gone);
  for (const [what, id] of event.data.files) {
    if (what === 'removed') next.add(id);
    else next.delete(id); // it came back
  }
  const same = next.size === gone.size && [...next].every((id) => gone.has(id));
  return same ? gone : next;
}

/** The pictures that went while the viewer is open; the list behind it holds still meanwhile. */
export function useGone() {
  const [gone, setGone] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  useEffect(() => listen((event) => setGone((was) => goneAfter(was, event))), []);
  const found = useCallback((/** @type {string} */ id) => setGone((was) => new Set(was).add(id)), []);
  return { gone, found };
}

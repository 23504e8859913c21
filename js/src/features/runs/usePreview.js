import { useEffect, useState } from 'react';
import { listen, wantPreviews } from '../../services/live.js';

/**
 * The newest live picture of a run while it is looked at; null without one.
 * @param {string | null} runId
 */
export function usePreview(runId) {
  const [seen, setSeen] = useState({ runId, image: /** @type {string | null} */ (null) });
  useEffect(() => {
    if (runId === null) return undefined;
    wantPreviews(true);
    const stop = listen(({ name, data }) => {
      if (name === 'preview' && data.run_id === runId) setSeen({ runId, image: data.image });
    });
    return () => {
      stop();
      wantPreviews(false);
    };
  }, [runId]);
  return seen.runId === runId ? seen.image : null;
}

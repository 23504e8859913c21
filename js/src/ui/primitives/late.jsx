import { lazy, Suspense, useState } from 'react';

/** @type {(() => Promise<unknown>)[]} */
const loaders = [];

/** Fetches every part that comes late, so that the first tap on one need not wait. */
export const warmUp = () => Promise.all(loaders.map((load) => load()));

/**
 * A part whose code is fetched when it is first shown, or at `warmUp`; once it is there it is drawn at once.
 * @template {object} Props
 * @param {() => Promise<React.ComponentType<Props>>} load
 * @returns {React.ComponentType<Props & { until?: React.ReactNode }>} `until` stands in its place meanwhile
 */
export function late(load) {
  /** @type {React.ComponentType<any> | null} */
  let loaded = null;
  const fetched = async () => {
    loaded = await load();
    return { default: loaded };
  };
  loaders.push(fetched);
  const Coming = lazy(fetched);
  return function Late({ until = null, ...props }) {
    const [Part] = useState(() => loaded ?? Coming);
    return (
      <Suspense fallback={until}>
        <Part {...props} />
      </Suspense>
    );
  };
}

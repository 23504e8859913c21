import { useEffect, useState } from 'react';

/** @type {(() => Promise<unknown>)[]} */
const loaders = [];

/** Fetches every part that comes late, so that the first tap on one need not wait. What fails is fetched when wanted. */
export const warmUp = () => Promise.allSettled(loaders.map((load) => load()));

/** @typedef {{ failed: boolean, onRetry: () => void }} Fetching whether the code could not be had, and another try */

/**
 * A part whose code is fetched when it is first shown, or at `warmUp`; once it is there it is drawn at once.
 * @template {object} Props
 * @param {() => Promise<React.ComponentType<Props>>} load
 * @param {React.ComponentType<Props & Fetching>} Meanwhile what stands in its place until then
 * @returns {React.ComponentType<Props>}
 */
export function late(load, Meanwhile) {
  /** @type {React.ComponentType<Props> | null} */
  let loaded = null;
  const fetched = async () => (loaded ??= await load());
  loaders.push(fetched);
  return function Late(props) {
    const [Part, setPart] = useState(() => loaded);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Part || failed) return undefined;
      let live = true;
      fetched().then(
        (got) => live && setPart(() => got),
        () => live && setFailed(true), // the server is away, or has another build: said in its place
      );
      return () => {
        live = false;
      };
    }, [Part, failed]);
    if (Part) return <Part {...props} />;
    return <Meanwhile {...props} failed={failed} onRetry={() => setFailed(false)} />;
  };
}

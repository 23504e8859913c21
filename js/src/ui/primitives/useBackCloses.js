import { useEffect, useEffectEvent, useId } from 'react';

/**
 * While something lies on top of the page, Back closes it instead of leaving the page.
 * The entry keeps the state below it, so that what an address means does not change.
 * @param {boolean} open
 * @param {() => void} onClose
 */
export function useBackCloses(open, onClose) {
  const close = useEffectEvent(onClose);
  const layer = useId();
  useEffect(() => {
    if (!open) return undefined;
    const push = () => history.pushState({ ...history.state, layer }, '');
    const timer = setTimeout(push, 0); // not at once: a mount that is undone leaves no entry
    const onPop = () => history.state?.layer !== layer && close();
    addEventListener('popstate', onPop);
    return () => {
      clearTimeout(timer);
      removeEventListener('popstate', onPop);
      if (history.state?.layer === layer) history.back();
    };
  }, [open, layer]);
}

import { useEffect, useEffectEvent, useId } from 'react';

/** Whether a step back of our own is under way: what opens in place of what closed must not be taken along. */
let leaving = false;

function leave() {
  leaving = true;
  addEventListener('popstate', () => (leaving = false), { once: true });
  history.back();
}

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
    const push = () => {
      if (leaving) timer = setTimeout(push, 10);
      else history.pushState({ ...history.state, layer }, '');
    };
    let timer = setTimeout(push, 0); // not at once: a mount that is undone leaves no entry
    const onPop = () => history.state?.layer !== layer && close();
    addEventListener('popstate', onPop);
    return () => {
      clearTimeout(timer);
      removeEventListener('popstate', onPop);
      if (history.state?.layer === layer) leave();
    };
  }, [open, layer]);
}

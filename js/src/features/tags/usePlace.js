/** @import { TextField } from './caret.js' */
import { useLayoutEffect, useState } from 'react';
import { caretBox } from './caret.js';
import { placeBy, visibleScreen } from './place.js';

/**
 * The place of the list by the caret, kept while the page scrolls and the keyboard comes and goes.
 * @param {React.RefObject<TextField | null>} field
 * @param {number | null} at where the token begins; null while nothing is shown
 */
export function usePlace(field, at) {
  const [place, setPlace] = useState(placeBy({ left: 0, top: 0, bottom: 0 }, visibleScreen()));
  useLayoutEffect(() => {
    const element = field.current;
    if (at === null || !element) return undefined;
    const update = () => setPlace(placeBy(caretBox(element, at), visibleScreen()));
    update();
    const view = window.visualViewport;
    view?.addEventListener('resize', update);
    view?.addEventListener('scroll', update);
    addEventListener('scroll', update, { capture: true, passive: true });
    addEventListener('resize', update);
    return () => {
      view?.removeEventListener('resize', update);
      view?.removeEventListener('scroll', update);
      removeEventListener('scroll', update, { capture: true });
      removeEventListener('resize', update);
    };
  }, [field, at]);
  return place;
}

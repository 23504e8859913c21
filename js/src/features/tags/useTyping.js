/** @import { TextField } from './caret.js' */
/** @import { Token } from './token.js' */
import { useRef, useState } from 'react';
import { pieceAt } from './pieces.js';
import { tokenAt } from './token.js';

/** @param {EventTarget} target @returns {target is TextField} */
export const isTextField = (target) =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');

/**
 * Follows what is typed: the tag or other piece at the caret, from the first letter until the caret leaves it, the field is
 * left or Escape is pressed. While an input method composes, nothing is typed yet.
 */
export function useTyping() {
  const [token, setToken] = useState(/** @type {Token | null} */ (null));
  const field = useRef(/** @type {TextField | null} */ (null));
  const composing = useRef(false);
  const read = (/** @type {EventTarget} */ target) => {
    if (!isTextField(target)) return;
    field.current = target;
    const { selectionStart, selectionEnd, value } = target;
    const caret = selectionStart !== null && selectionStart === selectionEnd ? selectionStart : null;
    setToken(caret === null || composing.current ? null : (pieceAt(value, caret) ?? tokenAt(value, caret)));
  };
  /** @type {React.HTMLAttributes<HTMLElement>} */
  const listeners = {
    onInput: ({ target }) => read(target),
    onSelect: ({ target }) => token && read(target),
    onCompositionStart: () => {
      composing.current = true;
      setToken(null);
    },
    onCompositionEnd: ({ target }) => {
      composing.current = false;
      read(target);
    },
    onBlur: () => setToken(null),
  };
  return { token, field, listeners, close: () => setToken(null) };
}

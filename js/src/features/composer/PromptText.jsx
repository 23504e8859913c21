/** @import { Editing } from './useEditing.js' */
/** @import { Mark } from './highlights.js' */
import { useLayoutEffect, useRef } from 'react';
import { useT } from '../../i18n/useT.js';
import { stretches } from './highlights.js';
import { caretAfter } from './places.js';

/**
 * The prompt as text. The browser's own text field carries input methods, selection and spelling; a copy behind it
 * carries the colours.
 * @param {{
 *   id: string, label: string, editing: Editing, marks: readonly Mark[], onCaret: (caret: number) => void,
 *   decorate?: (textarea: React.ReactElement<React.ComponentProps<'textarea'>>) => React.ReactNode,
 * }} props `decorate` may wrap the field, for suggestions
 */
export function PromptText({ id, label, editing, marks, onCaret, decorate = (textarea) => textarea }) {
  const { t } = useT();
  const text = editing.prompt.toString();
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useCaret(field, text);
  return (
    <div className="prompt-text">
      <div className="prompt-colours" aria-hidden="true">
        {stretches(editing.prompt, marks).map((stretch, index) => (
          <span key={index} data-kind={stretch.kind} data-level={stretch.level}>
            {stretch.text}
          </span>
        ))}
        {'\n'}
      </div>
      {decorate(
        <textarea
          id={id}
          ref={field}
          aria-label={label}
          placeholder={t('compose.placeholder')}
          value={text}
          autoCapitalize="none"
          autoComplete="off"
          onChange={(event) => editing.say(event.target.value, true)}
          onSelect={(event) => onCaret(event.currentTarget.selectionStart)}
        />,
      )}
    </div>
  );
}

/**
 * Keeps the caret behind what changed when the text was changed from elsewhere; typing moves it by itself.
 * @param {React.RefObject<HTMLTextAreaElement | null>} field
 * @param {string} text
 */
function useCaret(field, text) {
  const shown = useRef(text);
  const typed = useRef(false);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return undefined;
    const note = () => {
      typed.current = true;
    };
    area.addEventListener('input', note);
    return () => area.removeEventListener('input', note);
  }, [field]);
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = text;
    const area = field.current;
    if (area && before !== text && !typed.current && document.activeElement === area) {
      const caret = caretAfter(before, text);
      area.setSelectionRange(caret, caret);
    }
    typed.current = false;
  }, [field, text]);
}

/** @import { Option } from './useOptions.js' */
import { cloneElement, useId, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { replaceText } from './caret.js';
import { pieceText } from './pieces.js';
import { SuggestionList } from './SuggestionList.jsx';
import { completion, promptText, tagsBeside } from './token.js';
import { useOptions } from './useOptions.js';
import { usePlace } from './usePlace.js';
import { useTyping } from './useTyping.js';
import './suggestions.css';

/** @typedef {React.ReactElement<React.ComponentProps<'textarea'>> | React.ReactElement<React.ComponentProps<'input'>>} TextInput */

/**
 * How a field says that a list belongs to it. A textarea may not be a combobox and has no aria-expanded.
 * @param {TextInput} input @param {string | undefined} list @param {string | undefined} option
 */
function spoken(input, list, option) {
  const common = { 'aria-autocomplete': 'list', 'aria-controls': list, 'aria-activedescendant': option };
  return input.type === 'input' ? { ...common, role: 'combobox', 'aria-expanded': Boolean(list) } : common;
}

/** @param {KeyboardEvent} event a key of its own, not a shortcut and not part of an input method */
const isPlain = (event) => !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

/**
 * Suggests at the caret of the one text field inside: tags, and behind `$`, `<lora:`, `embedding:` and `__` what these
 * may name. Arrows choose and Enter takes what they chose, Tab takes the first, Escape closes; Enter alone stays a line
 * break.
 * @param {{ children: TextInput }} props
 */
export function TagSuggestions({ children }) {
  const { t } = useT();
  const id = useId();
  const { token, field, listeners, close } = useTyping();
  const options = useOptions(token);
  const [chosen, setChosen] = useState({ asked: '', index: -1 });
  const open = token !== null && options.length > 0;
  const asked = token ? `${token.kind} ${token.query}` : '';
  const place = usePlace(field, open ? token.start : null);
  // What was chosen for other letters is chosen no more.
  const active = open && chosen.asked === asked ? Math.min(chosen.index, options.length - 1) : -1;

  const take = (/** @type {Option | undefined} */ option) => {
    const input = field.current;
    if (!option || !token || !input) return;
    const replaced = input.value.slice(token.start, token.end);
    const words = option.kind === 'tag' ? promptText(option.tag) : pieceText(option.piece, replaced);
    // A field of one line takes one piece; what follows is up to its form.
    const text = children.type === 'input' ? words : completion(input.value, token, words);
    replaceText(input, token.start, token.end, text);
    close();
  };
  const move = (/** @type {number} */ step) => {
    const count = options.length;
    const index = active < 0 && step < 0 ? count - 1 : (active + step + count) % count;
    setChosen({ asked, index });
  };
  /** @type {Record<string, () => unknown>} */
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Tab: () => take(options[Math.max(0, active)]),
    Escape: close,
    ...(active >= 0 && { Enter: () => take(options[active]) }),
  };
  // On the way down: the field may have plans of its own for Enter.
  const onKeyDown = (/** @type {React.KeyboardEvent} */ event) => {
    const act = keys[event.key];
    if (!open || !act || !isPlain(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const list = open ? `${id}-list` : undefined;
  const aria = spoken(children, list, active >= 0 ? `${list}-${active}` : undefined);
  return (
    <div className="suggesting" {...listeners} onKeyDownCapture={onKeyDown} role="presentation">
      {cloneElement(/** @type {React.ReactElement<any>} */ (children), aria)}
      <span className="visually-hidden" role="status">
        {open && t('tags.suggested', { count: options.length })}
      </span>
      {open && list && (
        <SuggestionList
          id={list}
          options={options}
          active={active}
          present={tagsBeside(field.current?.value ?? '', token)}
          place={place}
          onChoose={take}
        />
      )}
    </div>
  );
}

/** @import { TagItem } from '../../services/apiTypes.js' */
import { cloneElement, useId, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { replaceText } from './caret.js';
import { SuggestionList } from './SuggestionList.jsx';
import { completion, promptText, tagsBeside } from './token.js';
import { usePlace } from './usePlace.js';
import { useSuggestions } from './useSuggestions.js';
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
 * Suggests tags at the caret of the one text field inside. Arrows choose and Enter takes what they chose, Tab takes
 * the first, Escape closes; Enter alone stays a line break.
 * @param {{ children: TextInput }} props
 */
export function TagSuggestions({ children }) {
  const { t } = useT();
  const id = useId();
  const { token, field, listeners, close } = useTyping();
  const items = useSuggestions(token?.query ?? null);
  const [chosen, setChosen] = useState({ query: '', index: -1 });
  const open = token !== null && items.length > 0;
  const place = usePlace(field, open ? token.start : null);
  // What was chosen for other letters is chosen no more.
  const active = open && chosen.query === token.query ? Math.min(chosen.index, items.length - 1) : -1;

  const take = (/** @type {TagItem | undefined} */ item) => {
    const input = field.current;
    if (!item || !token || !input) return;
    // A field of one line takes one piece; what follows is up to its form.
    const text = children.type === 'input' ? promptText(item) : completion(input.value, token, item);
    replaceText(input, token.start, token.end, text);
    close();
  };
  const move = (/** @type {number} */ step) => {
    const count = items.length;
    const index = active < 0 && step < 0 ? count - 1 : (active + step + count) % count;
    setChosen({ query: token?.query ?? '', index });
  };
  /** @type {Record<string, () => unknown>} */
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Tab: () => take(items[Math.max(0, active)]),
    Escape: close,
    ...(active >= 0 && { Enter: () => take(items[active]) }),
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
        {open && t('tags.suggested', { count: items.length })}
      </span>
      {open && list && (
        <SuggestionList
          id={list}
          items={items}
          active={active}
          present={tagsBeside(field.current?.value ?? '', token)}
          place={place}
          onChoose={take}
        />
      )}
    </div>
  );
}

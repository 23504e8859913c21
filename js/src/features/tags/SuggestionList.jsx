/** @import { TagItem } from '../../services/apiTypes.js' */
/** @import { Place } from './place.js' */
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useT } from '../../i18n/useT.js';
import { TagCount, TagName, TagWhy } from './TagName.jsx';

/** @param {{ id: string, item: TagItem, active: boolean, present: boolean, onChoose: () => void }} props */
function Option({ id, item, active, present, onChoose }) {
  const { t } = useT();
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field keeps the focus and its keys; a screen reader follows aria-activedescendant
    <div
      role="option"
      id={id}
      aria-selected={active}
      className="suggestion"
      data-present={present || undefined}
      onClick={onChoose}
    >
      <span className="suggestion-words">
        <TagName item={item} />
        <TagWhy item={item} />
      </span>
      {present && <Check size={14} aria-label={t('tags.present')} />}
      <TagCount item={item} />
    </div>
  );
}

/**
 * The list itself, above everything else on the screen. It never takes the focus from the field.
 * @param {{
 *   id: string, items: readonly TagItem[], active: number, present: ReadonlySet<string>, place: Place,
 *   onChoose: (item: TagItem) => void,
 * }} props
 */
export function SuggestionList({ id, items, active, present, place, onChoose }) {
  const { t } = useT();
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    // The top layer is not clipped by a scrolling form and lies above dialogs.
    list.current?.showPopover?.();
  }, []);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  const { above, ...style } = place;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label={t('tags.suggestions')}
      popover="manual"
      className="suggestions"
      data-above={above || undefined}
      style={style}
      onMouseDown={(event) => event.preventDefault()}
    >
      {items.map((item, index) => (
        <Option
          key={item.tag}
          id={`${id}-${index}`}
          item={item}
          active={index === active}
          present={present.has(item.tag)}
          onChoose={() => onChoose(item)}
        />
      ))}
    </div>
  );
}

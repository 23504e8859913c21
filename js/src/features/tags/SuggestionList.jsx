/** @import { LucideIcon } from 'lucide-react' */
/** @import { Piece, PieceKind } from './pieces.js' */
/** @import { Place } from './place.js' */
/** @import { Option } from './useOptions.js' */
import { BookMarked, Check, Dices, Layers, Sparkles } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useT } from '../../i18n/useT.js';
import { TagCount, TagName, TagWhy } from './TagName.jsx';

/** @type {Record<PieceKind, LucideIcon>} */
const ICONS = { alias: BookMarked, lora: Layers, embedding: Sparkles, wildcard: Dices };

/** @param {{ kind: PieceKind, piece: Piece }} props */
function PieceWords({ kind, piece }) {
  const Icon = ICONS[kind];
  return (
    <>
      <Icon size={16} aria-hidden="true" />
      <span className="suggestion-words">
        <span className="piece-name">{piece.title}</span>
        {piece.detail && <span className="tag-why piece-detail">{piece.detail}</span>}
      </span>
      {piece.note && <span className="tag-count piece-note">{piece.note}</span>}
    </>
  );
}

/** @param {{ tag: import('../../services/apiTypes.js').TagItem, present: boolean }} props */
function TagWords({ tag, present }) {
  const { t } = useT();
  return (
    <>
      <span className="suggestion-words">
        <TagName item={tag} />
        <TagWhy item={tag} />
      </span>
      {present && <Check size={14} aria-label={t('tags.present')} />}
      <TagCount item={tag} />
    </>
  );
}

/** @param {{ id: string, option: Option, active: boolean, present: boolean, onChoose: () => void }} props */
function Row({ id, option, active, present, onChoose }) {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field keeps the focus and its keys; a screen reader follows aria-activedescendant
    <div
      role="option"
      id={id}
      aria-selected={active}
      className="suggestion"
      data-kind={option.kind}
      data-present={present || undefined}
      onClick={onChoose}
    >
      {option.kind === 'tag' ? (
        <TagWords tag={option.tag} present={present} />
      ) : (
        <PieceWords kind={option.kind} piece={option.piece} />
      )}
    </div>
  );
}

/**
 * The list itself, above everything else on the screen. It never takes the focus from the field.
 * @param {{
 *   id: string, options: readonly Option[], active: number, present: ReadonlySet<string>, place: Place,
 *   onChoose: (option: Option) => void,
 * }} props `present` names the tags that the prompt has already
 */
export function SuggestionList({ id, options, active, present, place, onChoose }) {
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
      {options.map((option, index) => (
        <Row
          key={option.key}
          id={`${id}-${index}`}
          option={option}
          active={index === active}
          present={option.kind === 'tag' && present.has(option.tag.tag)}
          onChoose={() => onChoose(option)}
        />
      ))}
    </div>
  );
}

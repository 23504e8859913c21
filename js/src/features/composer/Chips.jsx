/** @import { Element } from '../../prompt/elements.js' */
/** @import { Editing } from './useEditing.js' */
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { useT } from '../../i18n/useT.js';
import { move, setWeight } from '../../prompt/index.js';
import { Sortable } from '../../ui/primitives/Sortable.jsx';
import { chipIds, keepChip } from './chipIds.js';
import { useSwipe } from './useSwipe.js';
import { stepped, weightKey, weightOf } from './weighing.js';

/** What a swiping finger says, above the piece: the finger hides the piece itself. @param {{ of: HTMLElement | null, weight: number }} props */
function Bubble({ of, weight }) {
  const box = of?.getBoundingClientRect();
  if (!box) return null;
  return (
    <span className="chip-bubble" style={{ left: box.left + box.width / 2, top: box.top }} aria-hidden="true">
      {weight.toFixed(2)}
    </span>
  );
}

/**
 * @param {{
 *   id: string, element: Element, words: string, level: string | null, selected: boolean,
 *   onSelect: () => void, onWeight: (weight: number) => void,
 * }} props
 */
function Chip({ id, element, words, level, selected, onSelect, onWeight }) {
  const { t } = useT();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging, node } = useSortable({ id });
  const weighs = element.kind !== 'break';
  const own = weightOf(element);
  const { live, handlers } = useSwipe({ weight: own, taken: isDragging || !weighs, onWeight });
  const weight = element.weight !== null ? element.weight : element.emphasis;
  const onKeyDown = (/** @type {React.KeyboardEvent} */ event) => {
    const direction = weighs ? weightKey(event) : null;
    if (direction === null) return listeners?.onKeyDown?.(event);
    event.preventDefault();
    onWeight(stepped(own, direction));
  };
  return (
    <button
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      {...handlers}
      onKeyDown={onKeyDown}
      type="button"
      className="prompt-chip"
      aria-pressed={selected}
      aria-roledescription={t('compose.chip')}
      aria-keyshortcuts={weighs ? 'Control+ArrowUp Control+ArrowDown' : undefined}
      data-kind={element.kind}
      data-level={level}
      data-dragging={isDragging || undefined}
      data-swiping={live !== null || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      onClick={onSelect}
    >
      <span className="prompt-chip-text">{words}</span>
      {Math.abs(weight - 1) > 1e-6 && <span className="prompt-chip-weight">{weight}</span>}
      {live !== null && <Bubble of={node.current} weight={live} />}
    </button>
  );
}

/**
 * The prompt as pieces: moved by touch, mouse and keyboard, weighed by a swipe or by Ctrl with an arrow.
 * @param {{
 *   editing: Editing, selected: Element | null, onSelect: (element: Element | null) => void,
 *   levelOf: (index: number) => string | null, wordsOf: (element: Element) => string, children?: React.ReactNode,
 * }} props
 */
export function Chips({ editing, selected, onSelect, levelOf, wordsOf, children }) {
  const { t } = useT();
  const { prompt } = editing;
  const ids = chipIds(prompt.elements);
  const take = (/** @type {number} */ from, /** @type {number} */ to) => {
    const element = prompt.elements[from];
    if (element) editing.edit(move(prompt, element, to));
  };
  const weigh = (/** @type {Element} */ element, /** @type {number} */ weight) => {
    const next = setWeight(prompt, element, weight);
    const after = next.elements[prompt.indexOf(element)];
    keepChip(element, after);
    editing.edit(next, true);
    if (element === selected) onSelect(after ?? null);
  };
  return (
    <Sortable ids={ids} howToMove="compose.howToMove" onMove={take} whole>
      <ul className="prompt-chips" aria-label={t('compose.pieces')}>
        {prompt.elements.map((element, index) => (
          <li key={ids[index]}>
            <Chip
              id={String(ids[index])}
              element={element}
              words={wordsOf(element)}
              level={levelOf(index)}
              selected={element === selected}
              onSelect={() => onSelect(element === selected ? null : element)}
              onWeight={(weight) => weigh(element, weight)}
            />
          </li>
        ))}
        {children && <li className="prompt-add">{children}</li>}
      </ul>
    </Sortable>
  );
}

/** @import { Element } from '../../prompt/elements.js' */
/** @import { Editing } from './useEditing.js' */
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { useMemo } from 'react';
import { useT } from '../../i18n/useT.js';
import { move } from '../../prompt/index.js';
import { chipIds } from './chipIds.js';

/** Enter chooses a chip, as a click does; Space takes it up to move it with the arrows. */
const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] };

/** @param {{ id: string, element: Element, words: string, level: string | null, selected: boolean, onSelect: () => void }} props */
function Chip({ id, element, words, level, selected, onSelect }) {
  const { t } = useT();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id });
  const weight = element.weight !== null ? element.weight : element.emphasis;
  return (
    <button
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      type="button"
      className="prompt-chip"
      aria-pressed={selected}
      aria-roledescription={t('compose.chip')}
      data-kind={element.kind}
      data-level={level}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      onClick={onSelect}
    >
      <span className="prompt-chip-text">{words}</span>
      {Math.abs(weight - 1) > 1e-6 && <span className="prompt-chip-weight">{weight}</span>}
    </button>
  );
}

/**
 * The prompt as pieces that can be moved by touch, mouse and keyboard.
 * @param {{
 *   editing: Editing, selected: Element | null, onSelect: (element: Element | null) => void,
 *   levelOf: (index: number) => string | null, wordsOf: (element: Element) => string, children?: React.ReactNode,
 * }} props
 */
export function Chips({ editing, selected, onSelect, levelOf, wordsOf, children }) {
  const { t } = useT();
  const { prompt } = editing;
  const ids = chipIds(prompt.elements);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, keyboardCodes: KEYS }),
  );
  const accessibility = useMemo(() => spoken(t), [t]);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={accessibility}
      onDragEnd={({ active, over }) => {
        const from = ids.indexOf(String(active.id));
        const to = over ? ids.indexOf(String(over.id)) : from;
        const element = prompt.elements[from];
        if (element && to >= 0 && to !== from) editing.edit(move(prompt, element, to));
      }}
    >
      <SortableContext items={ids} strategy={rectSortingStrategy}>
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
              />
            </li>
          ))}
          {children && <li className="prompt-add">{children}</li>}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

/** @param {import('../../i18n/useT.js').Words['t']} t */
function spoken(t) {
  const place = (/** @type {any} */ over) => String(Number(over?.data.current?.sortable.index ?? 0) + 1);
  return {
    screenReaderInstructions: { draggable: t('compose.howToMove') },
    announcements: {
      onDragStart: () => t('compose.lifted'),
      onDragOver: (/** @type {any} */ { over }) => t('compose.over', { place: place(over) }),
      onDragEnd: (/** @type {any} */ { over }) => t('compose.dropped', { place: place(over) }),
      onDragCancel: () => t('compose.cancelled'),
    },
  };
}

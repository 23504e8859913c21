/** @import { Key } from '../../i18n/translate.js' */
/** @import { Words } from '../../i18n/useT.js' */
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical } from 'lucide-react';
import { useMemo } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from './IconButton.jsx';

/** Enter presses what is moved, as a click does; Space takes it up. */
const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] };
/** Where the whole piece is taken, a finger that only passes must not take it. */
const HELD = { activationConstraint: { delay: 220, tolerance: 8 } };
const upAndDown = (/** @type {any} */ { transform }) => ({ ...transform, x: 0 });

/**
 * What a screen reader hears, in the person's language.
 * @param {Words['t']} t
 * @param {Key} howToMove
 */
function spoken(t, howToMove) {
  const at = (/** @type {any} */ over) => ({ place: String(Number(over?.data.current?.sortable.index ?? 0) + 1) });
  return {
    screenReaderInstructions: { draggable: t(howToMove) },
    announcements: {
      onDragStart: () => t('compose.lifted'),
      onDragOver: (/** @type {any} */ { over }) => t('compose.over', at(over)),
      onDragEnd: (/** @type {any} */ { over }) => t('compose.dropped', at(over)),
      onDragCancel: () => t('compose.cancelled'),
    },
  };
}

/**
 * Things that are put into another order by mouse, touch and keyboard, and tell their place aloud.
 * @param {{
 *   ids: string[], howToMove: Key, onMove: (from: number, to: number) => void,
 *   whole?: boolean, children: React.ReactNode,
 * }} props `whole`: pieces side by side that are taken as they are; else rows with a grip
 */
export function Sortable({ ids, howToMove, onMove, whole = false, children }) {
  const { t } = useT();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: whole ? 6 : 4 } }),
    useSensor(TouchSensor, whole ? HELD : {}),
    useSensor(KeyboardSensor, {
      coordinateGetter: sortableKeyboardCoordinates,
      keyboardCodes: KEYS,
      ...(!whole && { scrollBehavior: 'auto' }),
    }),
  );
  const accessibility = useMemo(() => spoken(t, howToMove), [t, howToMove]);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      {...(!whole && { modifiers: [upAndDown] })}
      accessibility={accessibility}
      onDragEnd={({ active, over }) => {
        const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over?.id ?? active.id))];
        if (from >= 0 && to >= 0 && from !== to) onMove(from, to);
      }}
    >
      <SortableContext items={ids} strategy={whole ? rectSortingStrategy : verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  );
}

/**
 * Sheets keep arrow keys to themselves, and what moves things listens on the document.
 * @param {React.KeyboardEvent} event
 */
function passOn(event) {
  if (!['ArrowUp', 'ArrowDown'].includes(event.code)) return;
  event.preventDefault();
  document.dispatchEvent(new KeyboardEvent('keydown', { code: event.code, key: event.key, cancelable: true }));
}

/**
 * A row that is moved by its grip alone; a finger elsewhere scrolls.
 * @param {React.LiHTMLAttributes<HTMLLIElement> & { id: string, grip: string, movable?: boolean }} props `grip`: its label
 */
export function SortableRow({ id, grip, movable = true, children, ...rest }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
    disabled: !movable,
  });
  return (
    <li
      ref={setNodeRef}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      {...rest}
    >
      {movable && (
        <IconButton
          {...attributes}
          {...listeners}
          onKeyDown={(event) => (isDragging ? passOn(event) : listeners?.onKeyDown?.(event))}
          ref={setActivatorNodeRef}
          className="grip"
          label={grip}
        >
          <GripVertical size={20} aria-hidden="true" />
        </IconButton>
      )}
      {children}
    </li>
  );
}

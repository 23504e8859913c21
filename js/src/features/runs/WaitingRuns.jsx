/** @import { Run } from '../../services/apiTypes.js' */
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical } from 'lucide-react';
import { useMemo } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { RunNow } from './RunNow.jsx';
import { moved } from './runOrder.js';
import { useReorderRuns } from './useReorderRuns.js';

/**
 * The sheet keeps arrow keys to itself, and what moves things listens on the document.
 * @param {React.KeyboardEvent} event
 */
function passOn(event) {
  if (!['ArrowUp', 'ArrowDown'].includes(event.code)) return;
  event.preventDefault();
  document.dispatchEvent(new KeyboardEvent('keydown', { code: event.code, key: event.key, cancelable: true }));
}

const upAndDown = (/** @type {any} */ { transform }) => ({ ...transform, x: 0 });

/** @param {{ run: Run, place: number, movable: boolean }} props */
function Waiting({ run, place, movable }) {
  const { t } = useT();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: run.run_id,
    disabled: !movable,
  });
  return (
    <li
      ref={setNodeRef}
      className="run-waiting"
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition: transition }}
    >
      {movable && (
        <IconButton
          {...attributes}
          {...listeners}
          onKeyDown={(event) => (isDragging ? passOn(event) : listeners?.onKeyDown?.(event))}
          ref={setActivatorNodeRef}
          className="run-grip"
          label={t('runs.move', { title: run.title, place })}
        >
          <GripVertical size={20} aria-hidden="true" />
        </IconButton>
      )}
      <RunNow run={run} title={run.title} />
    </li>
  );
}

/**
 * What waits, the next first; its order is the host's and can be changed by touch, mouse and keyboard.
 * @param {{ runs: Run[] }} props
 */
export function WaitingRuns({ runs }) {
  const { t } = useT();
  const reorder = useReorderRuns();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, scrollBehavior: 'auto' }),
  );
  const accessibility = useMemo(() => spoken(t), [t]);
  const ids = runs.map((run) => run.run_id);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[upAndDown]}
      accessibility={accessibility}
      onDragEnd={({ active, over }) => {
        const order = moved(ids, String(active.id), String(over?.id ?? active.id));
        if (order) reorder.mutate(order);
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol className="runs-waiting" aria-label={t('runs.queue')}>
          {runs.map((run, index) => (
            <Waiting key={run.run_id} run={run} place={index + 1} movable={runs.length > 1} />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

/** @param {import('../../i18n/useT.js').Words['t']} t */
function spoken(t) {
  const at = (/** @type {any} */ over) => ({ place: String(Number(over?.data.current?.sortable.index ?? 0) + 1) });
  return {
    screenReaderInstructions: { draggable: t('runs.howToMove') },
    announcements: {
      onDragStart: () => t('compose.lifted'),
      onDragOver: (/** @type {any} */ { over }) => t('compose.over', at(over)),
      onDragEnd: (/** @type {any} */ { over }) => t('compose.dropped', at(over)),
      onDragCancel: () => t('compose.cancelled'),
    },
  };
}

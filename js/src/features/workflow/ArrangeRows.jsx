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
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import { useMemo } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { spokenDrag } from '../../ui/primitives/spokenDrag.js';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { movedTo } from './arrange.js';

/** @typedef {{ name: string, label: string, hidden: boolean }} Row */

/**
 * @param {{
 *   row: Row, first: boolean, last: boolean, onMove: (by: 1 | -1) => void, onShow: (shown: boolean) => void,
 * }} props
 */
function ArrangeRow({ row: { name, label, hidden }, first, last, onMove, onShow }) {
  const { t } = useT();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: name,
  });
  return (
    <li
      ref={setNodeRef}
      className="list-row arrange-row"
      data-off={hidden || undefined}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        type="button"
        className="icon-button arrange-grip"
        aria-label={t('arrange.move', { name: label })}
      >
        <GripVertical size={18} aria-hidden="true" />
      </button>
      <span className="list-words">{label}</span>
      <IconButton label={t('arrange.up', { name: label })} disabled={first} onClick={() => onMove(-1)}>
        <ArrowUp size={18} />
      </IconButton>
      <IconButton label={t('arrange.down', { name: label })} disabled={last} onClick={() => onMove(1)}>
        <ArrowDown size={18} />
      </IconButton>
      <Switch label={t('arrange.show', { name: label })} checked={!hidden} onChange={onShow} />
    </li>
  );
}

/**
 * Fields in their order: dragged by their grip, moved by keys or by a step, shown or hidden.
 * @param {{ rows: Row[], onOrder: (names: string[]) => void, onShow: (name: string, shown: boolean) => void }} props
 */
export function ArrangeRows({ rows, onOrder, onShow }) {
  const { t } = useT();
  const names = rows.map(({ name }) => name);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const accessibility = useMemo(() => spokenDrag(t, 'arrange.howToMove'), [t]);
  const order = (/** @type {number} */ from, /** @type {number} */ to) => {
    if (from >= 0 && to >= 0 && from !== to) onOrder(movedTo(names, from, to));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={accessibility}
      onDragEnd={({ active, over }) => {
        if (over) order(names.indexOf(String(active.id)), names.indexOf(String(over.id)));
      }}
    >
      <SortableContext items={names} strategy={verticalListSortingStrategy}>
        <ol className="list">
          {rows.map((row, at) => (
            <ArrangeRow
              key={row.name}
              row={row}
              first={at === 0}
              last={at === rows.length - 1}
              onMove={(by) => order(at, at + by)}
              onShow={(shown) => onShow(row.name, shown)}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

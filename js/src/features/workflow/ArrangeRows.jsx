import { ArrowDown, ArrowUp } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { movedTo } from '../../ui/primitives/movedTo.js';
import { Sortable, SortableRow } from '../../ui/primitives/Sortable.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';

/** @typedef {{ name: string, label: string, hidden: boolean }} Row */

/**
 * @param {{
 *   row: Row, first: boolean, last: boolean, onMove: (by: 1 | -1) => void, onShow: (shown: boolean) => void,
 * }} props
 */
function ArrangeRow({ row: { name, label, hidden }, first, last, onMove, onShow }) {
  const { t } = useT();
  return (
    <SortableRow
      id={name}
      grip={t('arrange.move', { name: label })}
      className="list-row arrange-row"
      data-off={hidden || undefined}
    >
      <span className="list-words">{label}</span>
      <IconButton label={t('arrange.up', { name: label })} disabled={first} onClick={() => onMove(-1)}>
        <ArrowUp size={18} />
      </IconButton>
      <IconButton label={t('arrange.down', { name: label })} disabled={last} onClick={() => onMove(1)}>
        <ArrowDown size={18} />
      </IconButton>
      <Switch label={t('arrange.show', { name: label })} checked={!hidden} onChange={onShow} />
    </SortableRow>
  );
}

/**
 * Fields in their order: dragged by their grip, moved by keys or by a step, shown or hidden.
 * @param {{ rows: Row[], onOrder: (names: string[]) => void, onShow: (name: string, shown: boolean) => void }} props
 */
export function ArrangeRows({ rows, onOrder, onShow }) {
  const names = rows.map(({ name }) => name);
  const order = (/** @type {number} */ from, /** @type {number} */ to) => onOrder(movedTo(names, from, to));
  return (
    <Sortable ids={names} howToMove="arrange.howToMove" onMove={order}>
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
    </Sortable>
  );
}

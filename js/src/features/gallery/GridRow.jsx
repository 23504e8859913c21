/** @import { Picture } from '../../services/apiTypes.js' */
import { memo } from 'react';
import { Tile } from './Tile.jsx';

/**
 * One row of the grid. While scrolling, rows that stay are not drawn again.
 * @param {{
 *   index: number, y: number, height: number, columns: number, lead: number, total: number,
 *   itemAt: (index: number) => Picture | undefined, thumb: number, paused: boolean, active: number | null, lang: string,
 *   onOpen: (index: number) => void,
 * }} props `lead`: empty cells at the front of the grid, `active`: the item with the cursor if it is in this row
 */
function PlainGridRow({ index, y, height, columns, lead, total, itemAt, thumb, paused, active, lang, onOpen }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className="grid-row"
      style={{ transform: `translateY(${y}px)`, height, gridTemplateColumns: `repeat(${columns}, 1fr)` }}
    >
      {Array.from({ length: columns }, (_, column) => {
        const at = index * columns + column - lead;
        if (at < 0 || at >= total) return <div key={column} role="gridcell" />;
        return (
          <Tile
            key={column}
            item={itemAt(at)}
            index={at}
            width={thumb}
            paused={paused}
            active={active === at}
            lang={lang}
            onOpen={onOpen}
          />
        );
      })}
    </div>
  );
}

export const GridRow = memo(PlainGridRow);

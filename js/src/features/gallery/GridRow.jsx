/** @import { Picture } from '../../services/apiTypes.js' */
/** @import { Selection } from './selection.js' */
import { memo } from 'react';
import { FeedCard } from './FeedCard.jsx';
import { isChosen } from './selection.js';
import { Tile } from './Tile.jsx';

/**
 * One row of the grid. While scrolling, rows that stay are not drawn again.
 * @param {{
 *   index: number, y: number, height: number, columns: number, lead: number, total: number,
 *   itemAt: (index: number) => Picture | undefined, feed: boolean, thumb: number, paused: boolean,
 *   selection: Selection | null, active: number | null, lang: string,
 * }} props `lead`: empty cells at the front of the grid, `active`: the item with the cursor if it is in this row
 */
function PlainGridRow({
  index,
  y,
  height,
  columns,
  lead,
  total,
  itemAt,
  feed,
  thumb,
  paused,
  selection,
  active,
  lang,
}) {
  const cells = [];
  for (let column = 0; column < columns; column++) {
    const at = index * columns + column - lead;
    if (at < 0 || at >= total) {
      cells.push(<div key={column} role="gridcell" className="no-tile" />);
      continue;
    }
    const item = itemAt(at);
    const chosen = selection ? isChosen(selection, at, item?.id) : undefined;
    const shared = { item, index: at, width: thumb, paused, chosen, active: active === at, lang };
    cells.push(feed ? <FeedCard key={column} {...shared} /> : <Tile key={column} {...shared} />);
  }
  return (
    <div role="row" aria-rowindex={index + 1} className="grid-row" style={{ transform: `translateY(${y}px)`, height }}>
      {cells}
    </div>
  );
}

export const GridRow = memo(PlainGridRow);

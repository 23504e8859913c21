/** @import { Picture } from '../../services/apiTypes.js' */
import { memo } from 'react';
import { moment } from './format.js';
import { Badge, Thumb } from './Thumb.jsx';
import { colourOf } from './thumbhash.js';

/**
 * One picture of the grid; the picture itself is the target.
 * @param {{ item: Picture | undefined, index: number, width: number, paused: boolean, chosen: boolean | undefined,
 *   active: boolean, lang: string }} props `chosen`: undefined while nothing is
 */
function PlainTile({ item, index, width, paused, chosen, active, lang }) {
  const colour = item ? colourOf(item.blur) : null;
  return (
    <div
      role="gridcell"
      id={`tile-${index}`}
      className="tile"
      data-index={index}
      data-active={active || undefined}
      aria-selected={chosen}
    >
      {item && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${item.filename}, ${moment(item.mtime, lang)}`}
          style={colour ? { backgroundColor: colour } : undefined}
        >
          <Thumb key={item.id} item={item} width={width} paused={paused} />
          {item.kind === 'audio' && <span className="tile-sound">{item.filename}</span>}
          {item.kind !== 'image' && <Badge item={item} />}
        </button>
      )}
    </div>
  );
}

export const Tile = memo(PlainTile);

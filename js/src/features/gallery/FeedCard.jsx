/** @import { Picture } from '../../services/apiTypes.js' */
import { memo } from 'react';
import { Clip } from './Clip.jsx';
import { moment } from './format.js';
import { FEED } from './layout.js';
import { Badge, Thumb } from './Thumb.jsx';
import { placeholder } from './thumbhash.js';

/**
 * One picture of the feed: whole, in a frame that its own blur fills.
 * @param {{ item: Picture | undefined, index: number, width: number, paused: boolean, chosen: boolean | undefined,
 *   active: boolean, lang: string }} props as a tile
 */
function PlainFeedCard({ item, index, width, paused, chosen, active, lang }) {
  const blur = item && !paused ? placeholder(item.blur) : null;
  return (
    <div
      role="gridcell"
      id={`tile-${index}`}
      className="card tile"
      data-index={index}
      data-active={active || undefined}
      aria-selected={chosen}
    >
      {item && (
        <>
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${item.filename}, ${moment(item.mtime, lang)}`}
            style={{ bottom: FEED.words }}
          >
            {blur && <span className="card-blur" style={{ backgroundImage: `url(${blur})` }} />}
            <Thumb key={item.id} item={item} width={width} paused={paused} />
            {item.kind === 'video' && !paused && <Clip key={`clip ${item.id}`} item={item} />}
            {item.kind !== 'image' && <Badge item={item} />}
          </button>
          <span className="card-words" style={{ height: FEED.words }}>
            <span>{moment(item.mtime, lang)}</span>
            <span>{item.subfolder}</span>
          </span>
        </>
      )}
    </div>
  );
}

export const FeedCard = memo(PlainFeedCard);

/** @import { Picture } from '../../services/apiTypes.js' */
import { AudioLines, ImageOff, Play } from 'lucide-react';
import { memo, useCallback, useState } from 'react';
import { duration, moment } from './format.js';
import { placeholder } from './thumbhash.js';

/** @param {string} thumb @param {number} width */
// Without the server's frame for broken files: the tile says more.
const sized = (thumb, width) => `${thumb}${thumb.includes('?') ? '&' : '?'}w=${width}&frame=0`;

const REMEMBERED = 3000;
/** @type {Set<string>} thumbnails that were shown: they need no fade when a row moves */
const known = new Set();

/** @param {string} src */
function remember(src) {
  if (known.size >= REMEMBERED) known.delete(/** @type {string} */ (known.values().next().value));
  known.add(src);
}

/** Leaving the screen ends the load: the connection is for what is looked at. */
function useCancelOnLeave() {
  return useCallback((/** @type {HTMLImageElement | null} */ img) => {
    if (!img) return undefined;
    return () => {
      if (!img.complete) img.removeAttribute('src');
    };
  }, []);
}

/** @param {{ item: Picture, width: number, paused: boolean }} props */
function Thumb({ item, width, paused }) {
  const src = sized(item.thumb, width);
  const [state, setState] = useState(
    /** @type {() => 'loading' | 'shown' | 'broken'} */ (() => (known.has(src) ? 'shown' : 'loading')),
  );
  const cancelOnLeave = useCancelOnLeave();
  if (state === 'broken') {
    const Icon = item.kind === 'audio' ? AudioLines : ImageOff;
    return (
      <span className="tile-name">
        <Icon size={22} aria-hidden="true" />
        <span>{item.filename}</span>
      </span>
    );
  }
  if (paused && state === 'loading') return null;
  return (
    <img
      ref={cancelOnLeave}
      src={src}
      alt=""
      decoding="async"
      draggable={false}
      data-state={state}
      onLoad={() => {
        remember(src);
        setState('shown');
      }}
      onError={(event) => event.currentTarget.hasAttribute('src') && setState('broken')}
    />
  );
}

/** What a clip or a sound is, and how long. @param {{ item: Picture }} props */
function Badge({ item }) {
  const Icon = item.kind === 'audio' ? AudioLines : Play;
  return (
    <span className="tile-badge">
      <Icon size={12} fill={item.kind === 'audio' ? 'none' : 'currentColor'} aria-hidden="true" />
      {item.duration ? duration(item.duration) : null}
    </span>
  );
}

/**
 * One picture of the grid; the picture itself is the target.
 * @param {{ item: Picture | undefined, index: number, width: number, paused: boolean, active: boolean, lang: string,
 *   onOpen: (index: number) => void }} props
 */
function PlainTile({ item, index, width, paused, active, lang, onOpen }) {
  const blur = item && !paused ? placeholder(item.blur) : null;
  return (
    <div role="gridcell" id={`tile-${index}`} className="tile" data-active={active || undefined}>
      {item && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${item.filename}, ${moment(item.mtime, lang)}`}
          onClick={() => onOpen(index)}
        >
          {blur && <span className="tile-blur" style={{ backgroundImage: `url(${blur})` }} />}
          <Thumb key={item.id} item={item} width={width} paused={paused} />
          {item.kind !== 'image' && <Badge item={item} />}
        </button>
      )}
    </div>
  );
}

export const Tile = memo(PlainTile);

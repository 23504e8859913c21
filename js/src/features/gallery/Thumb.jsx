/** @import { Picture } from '../../services/apiTypes.js' */
import { AudioLines, ImageOff, Play } from 'lucide-react';
import { useCallback, useState } from 'react';
import { duration } from './format.js';

/** @param {string} thumb @param {number} width */
// Without the server's frame for broken files: the tile says more.
const sized = (thumb, width) => `${thumb}${thumb.includes('?') ? '&' : '?'}w=${width}&frame=0`;

/** What comes within this time is simply there; a fade is for what one waited for. */
const AT_ONCE_MS = 90;
/** A fade is a layer of its own for as long as it lasts: of a whole screen of pictures only the first ones get one. */
const FADES_AT_ONCE = 12;
const FADE_MS = 200;
let fading = 0;
let fadesUntil = 0;
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
    img.dataset.since = String(Math.round(performance.now()));
    return () => {
      if (!img.complete) img.removeAttribute('src');
    };
  }, []);
}

/** Whether one more picture may fade in now. @param {number} now */
function mayFade(now) {
  if (now > fadesUntil) fading = 0;
  fadesUntil = now + FADE_MS;
  fading += 1;
  return fading <= FADES_AT_ONCE;
}

/** @param {HTMLImageElement} img shown without drawing the tile again: a hundred come at once */
function show(img) {
  const now = performance.now();
  if (now - Number(img.dataset.since) > AT_ONCE_MS && mayFade(now)) img.dataset.fade = '';
  img.dataset.state = 'shown';
}

/**
 * The thumbnail of a picture, or what stands for one that cannot be drawn.
 * @param {{ item: Picture, width: number, paused: boolean, alt?: string }} props `paused`: too fast to look at
 */
export function Thumb({ item, width, paused, alt = '' }) {
  const src = sized(item.thumb, width);
  const [broken, setBroken] = useState(false);
  const cancelOnLeave = useCancelOnLeave();
  if (broken) {
    const Icon = item.kind === 'audio' ? AudioLines : ImageOff;
    return (
      <span className="tile-name">
        <Icon size={22} aria-hidden="true" />
        <span>{item.filename}</span>
      </span>
    );
  }
  if (paused && !known.has(src)) return null;
  return (
    <img
      ref={cancelOnLeave}
      src={src}
      alt={alt}
      decoding="async"
      draggable={false}
      onLoad={(event) => {
        remember(src);
        show(event.currentTarget);
      }}
      onError={(event) => event.currentTarget.hasAttribute('src') && setBroken(true)}
    />
  );
}

/** What a clip or a sound is, and how long. @param {{ item: Picture }} props */
export function Badge({ item }) {
  const Icon = item.kind === 'audio' ? AudioLines : Play;
  return (
    <span className="tile-badge">
      <Icon size={12} fill={item.kind === 'audio' ? 'none' : 'currentColor'} aria-hidden="true" />
      {item.duration ? duration(item.duration) : null}
    </span>
  );
}

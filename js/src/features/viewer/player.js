/** @import { Slide } from './slide.js' */

/**
 * The element that plays a video or a sound.
 * @param {Slide} slide
 * @param {() => void} onFail it cannot be played
 */
export function playerFor({ src, thumb, kind, alt }, onFail) {
  const player = document.createElement(kind === 'audio' ? 'audio' : 'video');
  player.src = src;
  player.controls = true;
  player.loop = kind === 'video';
  player.preload = 'metadata';
  player.setAttribute('aria-label', alt);
  player.addEventListener('error', () => player.hasAttribute('src') && onFail());
  if (player instanceof HTMLVideoElement) {
    player.poster = thumb;
    player.playsInline = true;
    player.muted = true; // as a property: iOS plays nothing inline by itself otherwise
  }
  const box = document.createElement('div');
  box.className = 'player';
  box.append(player);
  return box;
}

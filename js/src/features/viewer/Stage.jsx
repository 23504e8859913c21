/** @import { Slide } from './slide.js' */
import PhotoSwipe from 'photoswipe';
import 'photoswipe/style.css';
import { useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import { playerFor } from './player.js';
import { boundsBehind } from './tileBehind.js';

/** @param {HTMLElement} host @param {number} index */
function makePhotoSwipe(host, index) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return new PhotoSwipe({
    dataSource: [],
    index,
    loop: false,
    appendToEl: host,
    trapFocus: false,
    returnFocus: false,
    escKey: false,
    arrowKeys: false,
    showHideAnimationType: still ? 'none' : 'zoom',
    showAnimationDuration: 180,
    hideAnimationDuration: 180,
    zoomAnimationDuration: still ? false : 220,
    close: false,
    zoom: false,
    counter: false,
    arrowPrev: false,
    arrowNext: false,
    preload: [1, 2],
    bgOpacity: 1,
    wheelToZoom: true,
    maxZoomLevel: 8,
    getViewportSizeFn: () => ({ x: host.clientWidth, y: host.clientHeight }),
  });
}

/** A hand that swipes on and on is told so often where it is. */
const LATEST_MS = 400;

/**
 * Calls when another slide has come to rest: what is drawn anew for it would hold up the swipe.
 * @param {PhotoSwipe} pswp
 * @param {() => void} call
 * @returns {() => void} ends it
 */
function atRest(pswp, call) {
  let frame = 0;
  let since = 0;
  const look = () => {
    frame = 0;
    if (pswp.mainScroll.isShifted() && performance.now() - since < LATEST_MS) frame = requestAnimationFrame(look);
    else call();
  };
  pswp.on('change', () => {
    if (frame !== 0) return;
    since = performance.now();
    look();
  });
  return () => cancelAnimationFrame(frame);
}

/**
 * @typedef {object} StageHandle
 * @property {() => boolean} close as if it had been pulled down; false while it is not open yet
 * @property {(by: number) => void} zoom 1 nearer, -1 further, 0 back
 * @property {() => void} play or pause what can be played
 */

/**
 * Gestures only: swipe, pinch, double tap, drag to close. Focus, Escape and Back belong to the dialog around it.
 * @param {{
 *   index: number, count: number, shown: string | undefined, slideAt: (index: number) => Slide | null,
 *   onIndex: (index: number) => void, onTap: () => void, onDismiss: () => void, onFail: (index: number) => void,
 *   attempt: number, handle: React.Ref<StageHandle>,
 * }} props `shown`: which item stands at `index`; another one when those before it went or came
 */
export function Stage({ index, count, shown, slideAt, onIndex, onTap, onDismiss, onFail, attempt, handle }) {
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const stage = useRef(/** @type {PhotoSwipe | null} */ (null));
  const slide = useEffectEvent(slideAt);
  const changed = useEffectEvent(onIndex);
  const tapped = useEffectEvent(onTap);
  const dismissed = useEffectEvent(onDismiss);
  const fails = useEffectEvent(onFail);
  const first = useEffectEvent(() => ({ index, count }));

  useEffect(() => {
    const el = host.current;
    if (!el) return undefined;
    let live = true;
    const pswp = makePhotoSwipe(el, first().index);
    pswp.addFilter('numItems', () => first().count);
    pswp.addFilter('itemData', (_data, at) => {
      const s = slide(at);
      if (!s) return { html: '', of: '' };
      const size = { width: s.width || el.clientWidth, height: s.height || el.clientHeight };
      if (s.kind !== 'image') return { type: s.kind, media: s, of: s.src, ...size };
      return { src: s.src, msrc: s.thumb, alt: s.alt, of: s.src, ...size };
    });
    pswp.addFilter('placeholderSrc', (_src, content) => content.data.msrc ?? false); // neighbours too
    pswp.addFilter('thumbBounds', (_bounds, _data, at) => /** @type {any} */ (boundsBehind(at)));
    pswp.addFilter('contentErrorElement', () => document.createElement('div')); // the viewer says it
    pswp.on('loadError', ({ content }) => fails(content.index));
    pswp.on('contentLoad', (event) => {
      const { media } = event.content.data;
      if (!media) return;
      event.preventDefault();
      const { index: at } = event.content;
      event.content.element = playerFor(media, () => fails(at));
      event.content.state = 'loaded';
    });
    pswp.on('contentDeactivate', ({ content }) => content.element?.querySelector('video')?.pause());
    const cancelRest = atRest(pswp, () => changed(pswp.currIndex));
    pswp.on('tapAction', (event) => {
      event.preventDefault();
      tapped();
    });
    pswp.on('destroy', () => live && dismissed());
    pswp.init();
    // One dialog is enough for those who hear the page: the one around.
    pswp.element?.setAttribute('role', 'group');
    stage.current = pswp;
    const sizes = new ResizeObserver(() => pswp.updateSize());
    sizes.observe(el);
    return () => {
      live = false;
      cancelRest();
      sizes.disconnect();
      pswp.destroy();
      stage.current = null;
    };
  }, []);

  useEffect(() => {
    const pswp = stage.current;
    if (pswp && pswp.currIndex !== index) pswp.goTo(index);
  }, [index]);

  useEffect(() => {
    const pswp = stage.current;
    if (!pswp || shown === undefined) return;
    // Slides that were drawn before their data came, or for what is no longer there, are drawn again.
    for (const at of [index, index - 1, index + 1]) redrawIfOther(pswp, at, slide(at));
  }, [shown, index, count]);

  useEffect(() => {
    const pswp = stage.current;
    if (pswp && attempt > 0) pswp.refreshSlideContent(pswp.currIndex);
  }, [attempt]);

  useImperativeHandle(handle, () => ({
    close: () => {
      if (!stage.current?.opener.isOpen) return false;
      stage.current.close();
      return true;
    },
    zoom: (by) => {
      const slide = stage.current?.currSlide;
      if (!slide?.isZoomable()) return;
      const { initial, max } = slide.zoomLevels;
      const to = by === 0 ? initial : Math.min(max, Math.max(initial, slide.currZoomLevel * 1.5 ** by));
      slide.zoomTo(to, undefined, 200);
    },
    play: () => {
      const player = stage.current?.currSlide?.content.element?.querySelector('video, audio');
      if (!(player instanceof HTMLMediaElement)) return;
      if (!player.paused) player.pause();
      else player.play().catch(ignoreRefusal);
    },
  }));

  return <div ref={host} className="stage-host" />;
}

/** A player that may not or cannot play says so itself. @param {unknown} error */
function ignoreRefusal(error) {
  if (!(error instanceof DOMException)) throw error;
}

/**
 * @param {PhotoSwipe} pswp
 * @param {number} at
 * @param {Slide | null} wanted null where nothing is known
 */
function redrawIfOther(pswp, at, wanted) {
  const holder = pswp.mainScroll.itemHolders.find((h) => h.slide?.index === at);
  if (!holder?.slide) return;
  if (at >= pswp.getNumItems()) {
    holder.slide.destroy(); // behind the end of a list that got shorter
    delete holder.slide;
  } else if (wanted && holder.slide.content.data.of !== wanted.src) pswp.refreshSlideContent(at);
}

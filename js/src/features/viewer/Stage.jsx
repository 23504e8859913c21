/** @import { Slide } from './slide.js' */
import PhotoSwipe from 'photoswipe';
import 'photoswipe/style.css';
import { useEffect, useEffectEvent, useRef } from 'react';
import { playerFor } from './player.js';

/** @param {HTMLElement} host @param {number} index */
function makePhotoSwipe(host, index) {
  return new PhotoSwipe({
    dataSource: [],
    index,
    loop: false,
    appendToEl: host,
    trapFocus: false,
    returnFocus: false,
    escKey: false,
    arrowKeys: false,
    showHideAnimationType: 'none',
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

/**
 * Gestures only: swipe, pinch, double tap, drag to close. Focus, Escape and Back belong to the dialog around it.
 * @param {{
 *   index: number, count: number, ready: boolean, slideAt: (index: number) => Slide | null,
 *   onIndex: (index: number) => void, onTap: () => void, onDismiss: () => void,
 * }} props
 */
export function Stage({ index, count, ready, slideAt, onIndex, onTap, onDismiss }) {
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const stage = useRef(/** @type {PhotoSwipe | null} */ (null));
  const slide = useEffectEvent(slideAt);
  const changed = useEffectEvent(onIndex);
  const tapped = useEffectEvent(onTap);
  const dismissed = useEffectEvent(onDismiss);
  const first = useEffectEvent(() => ({ index, count }));

  useEffect(() => {
    const el = host.current;
    if (!el) return undefined;
    let live = true;
    const pswp = makePhotoSwipe(el, first().index);
    pswp.addFilter('numItems', () => first().count);
    pswp.addFilter('itemData', (_data, at) => {
      const s = slide(at);
      if (!s) return { html: '' };
      const size = { width: s.width || el.clientWidth, height: s.height || el.clientHeight };
      if (s.kind !== 'image') return { type: s.kind, media: s, ...size };
      return { src: s.src, msrc: s.thumb, alt: s.alt, ...size };
    });
    pswp.on('contentLoad', (event) => {
      const { media } = event.content.data;
      if (!media) return;
      event.preventDefault();
      event.content.element = playerFor(media);
      event.content.state = 'loaded';
    });
    pswp.on('contentDeactivate', ({ content }) => content.element?.querySelector('video')?.pause());
    pswp.on('change', () => changed(pswp.currIndex));
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
    if (!ready) return;
    const pswp = stage.current;
    // Slides that were drawn before their data came are drawn again.
    for (const at of [index, index - 1, index + 1]) {
      if (pswp && at >= 0 && at < pswp.getNumItems() && slide(at)) redrawIfEmpty(pswp, at);
    }
  }, [ready, index]);

  return <div ref={host} className="stage-host" />;
}

/** @param {PhotoSwipe} pswp @param {number} at */
function redrawIfEmpty(pswp, at) {
  const holder = pswp.mainScroll.itemHolders.find((h) => h.slide?.index === at);
  if (holder?.slide && holder.slide.content.type === 'html') pswp.refreshSlideContent(at);
}

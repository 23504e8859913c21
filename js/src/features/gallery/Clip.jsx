/** @import { Picture } from '../../services/apiTypes.js' */
import { useEffect, useRef, useState } from 'react';
import { previewUrl } from '../../services/api.js';

/** A clip plays while so much of it is seen. */
const SEEN = 0.65;

/** Whether things may move by themselves, and whether the line can carry it. */
function mayPlay() {
  const line = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection;
  return !matchMedia('(prefers-reduced-motion: reduce)').matches && !line?.saveData;
}

/**
 * The silent beginning of a clip over its still picture, while it is seen. Where it may not or cannot play,
 * the still picture stays.
 * @param {{ item: Picture }} props
 */
export function Clip({ item }) {
  const ref = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [state, setState] = useState(/** @type {'still' | 'playing' | 'failed'} */ ('still'));

  useEffect(() => {
    const video = ref.current;
    if (!video || !mayPlay()) return undefined;
    const stop = () => {
      video.pause();
      video.removeAttribute('src'); // ends the load too
      video.load();
      setState((was) => (was === 'playing' ? 'still' : was));
    };
    const play = () => {
      video.muted = true; // as a property: iOS plays nothing by itself otherwise
      video.src = previewUrl(item.thumb);
      video.play().catch((/** @type {unknown} */ error) => {
        if (!(error instanceof DOMException)) throw error; // forbidden, stopped or unplayable: the still picture stays
      });
    };
    let seen = false;
    const look = () => {
      const wanted = seen && document.visibilityState === 'visible';
      if (wanted && !video.hasAttribute('src')) play();
      else if (!wanted && video.hasAttribute('src')) stop();
    };
    const sight = new IntersectionObserver(
      (entries) => {
        seen = (entries.at(-1)?.intersectionRatio ?? 0) >= SEEN;
        look();
      },
      { threshold: SEEN },
    );
    sight.observe(video);
    document.addEventListener('visibilitychange', look);
    return () => {
      sight.disconnect();
      document.removeEventListener('visibilitychange', look);
      stop();
    };
  }, [item.thumb]);

  if (state === 'failed') return null;
  return (
    <video
      ref={ref}
      className="clip"
      data-state={state}
      loop
      muted
      playsInline
      preload="none"
      disablePictureInPicture
      aria-hidden="true"
      tabIndex={-1}
      onPlaying={() => setState('playing')}
      onError={(event) => event.currentTarget.hasAttribute('src') && setState('failed')}
    />
  );
}

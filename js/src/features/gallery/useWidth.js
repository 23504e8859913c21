import { useLayoutEffect, useRef, useState } from 'react';

/** The inner width of an element, 0 until it is known, and the height of the window when that was measured. */
export function useWidth() {
  const ref = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [size, setSize] = useState({ width: 0, screen: 0 });
  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return undefined;
    const measure = () =>
      setSize((was) =>
        was.width === el.clientWidth ? was : { width: el.clientWidth, screen: globalThis.innerHeight || 800 },
      );
    const sizes = new ResizeObserver(measure);
    sizes.observe(el);
    measure();
    return () => sizes.disconnect();
  }, []);
  return { ref, ...size };
}

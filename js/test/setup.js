import '@testing-library/jest-dom/vitest';
import { afterEach } from 'vitest';

if (typeof document !== 'undefined') {
  const { cleanup, configure } = await import('@testing-library/react');
  afterEach(async () => {
    const onTop = Boolean(history.state?.layer);
    cleanup();
    if (onTop) await stepBack();
  });
  // What comes late in a browser is there from the start.
  await Promise.all(['Sheet', 'Dialog', 'Menu', 'Toaster'].map((part) => import(`../src/ui/primitives/${part}.jsx`)));
  await (await import('../src/ui/primitives/late.jsx')).warmUp();
  configure({ asyncUtilTimeout: 10_000 }); // pages are loaded when they are opened
  withoutLayout();
}

/** A sheet that was open takes its entry back a moment later, which must not take the next test along. */
const stepBack = () =>
  new Promise((resolve) => {
    addEventListener('popstate', resolve, { once: true });
    setTimeout(resolve, 200);
  });

/** jsdom lays nothing out and knows no media; the journeys in e2e see the real thing. */
function withoutLayout() {
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  globalThis.matchMedia = (/** @type {string} */ query) =>
    /** @type {MediaQueryList} */ ({
      matches: false,
      media: query,
      onchange: null,
      addEventListener() {},
      removeEventListener() {},
      addListener() {},
      removeListener() {},
      dispatchEvent: () => false,
    });
}

// Chromium as the journeys use it.
import { chromium } from 'playwright-core';

/** What is kept for later visits has its own journey; elsewhere every file comes from the server. */
const serviceWorkers = /** @type {const} */ ('block');
export const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  serviceWorkers,
};
export const DESKTOP = { viewport: { width: 1280, height: 800 }, serviceWorkers };

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

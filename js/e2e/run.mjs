// Walks every journey in headless Chromium, on a phone and on a desktop.
// COZYGEN_URL=http://…/cozygen/ walks a running server; without it the built app meets a stand-in.
import { DESKTOP, launch, PHONE } from './browser.mjs';
import { startFakeServer } from './fakeServer.mjs';
import { journeys } from './journeys.mjs';

const only = process.argv[2] ?? '';
const own = process.env.COZYGEN_URL ? null : await startFakeServer({ total: 1204 });
const url = process.env.COZYGEN_URL ?? own?.url ?? '';
const browser = await launch();
let failed = 0;

for (const [size, options] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const [name, walk] of Object.entries(journeys)) {
    if (!name.includes(only)) continue;
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on(
      'console',
      (message) =>
        message.type() === 'error' && !/status of 422/.test(message.text()) && complaints.push(message.text()),
    );
    try {
      await walk({ page, url, phone: size === 'phone', server: own });
      if (complaints.length > 0) throw new Error(`the console complains: ${complaints.join(' | ')}`);
      console.log(`ok    ${size}: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${size}: ${name}\n${error instanceof Error ? error.message : error}`);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/fail-${size}-${failed}.png` });
    }
    await context.close();
  }
}
await browser.close();
own?.close();
process.exit(failed > 0 ? 1 : 0);

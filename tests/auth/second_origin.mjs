// A page of a second origin attacks a server in whose browser the owner is signed in. Prints what happened as JSON.
import http from 'node:http';
import { createRequire } from 'node:module';
const { chromium } = createRequire(process.env.PLAYWRIGHT_FROM)('playwright-core');
const [base, token, ownHost] = process.argv.slice(2);
const target = new URL(base);
const evil = http
  .createServer((q, r) => {
    r.setHeader('Content-Type', 'text/html');
    r.end('<title>evil</title>');
  })
  .listen(0, '127.0.0.1');
await new Promise((ok) => evil.once('listening', ok));
const port = evil.address().port;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--host-resolver-rules=MAP rebound.example 127.0.0.1,MAP evil.example 127.0.0.1`,
  ],
});
const context = await browser.newContext();
const out = {};
if (token !== '-')
  await context.addCookies([
    { name: 'cozygen_token', value: token, domain: target.hostname, path: '/', httpOnly: true, sameSite: 'Strict' },
  ]);
const page = await context.newPage();
const statuses = [];
page.on('response', (r) => {
  if (r.url().startsWith(base) || r.url().includes('rebound.example'))
    statuses.push(`${r.request().method()} ${new URL(r.url()).pathname} ${r.status()}`);
});
const attack = async (origin) => {
  await page.goto(`${origin}/`);
  return page.evaluate(async (base) => {
    const results = {};
    const tryFetch = async (name, path, init) => {
      try {
        const r = await fetch(base + path, { credentials: 'include', ...init });
        results[name] = r.type + ' ' + r.status;
      } catch (e) {
        results[name] = 'blocked';
      }
    };
    await tryFetch('read', 'cozygen/api/sessions', {});
    await tryFetch('simple post', 'cozygen/api/logout', { method: 'POST', mode: 'no-cors', body: '{}' });
    await tryFetch('text post', 'cozygen/api/pair/start', {
      method: 'POST',
      mode: 'no-cors',
      headers: { 'Content-Type': 'text/plain' },
      body: '{}',
    });
    await tryFetch('json post', 'cozygen/api/tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"x"}',
    });
    await tryFetch('delete', 'cozygen/api/sessions', { method: 'DELETE' });
    results.websocket = await new Promise((ok) => {
      const s = new WebSocket(base.replace('http', 'ws') + 'ws');
      s.onopen = () => ok('open');
      s.onerror = () => ok('refused');
    });
    results.frame = await new Promise((ok) => {
      const f = document.createElement('iframe');
      f.src = base + 'cozygen/';
      f.onload = () => {
        let s = 'cross-origin';
        try {
          s = f.contentDocument ? 'empty' : s;
        } catch {}
        ok(s);
      };
      document.body.append(f);
      setTimeout(() => ok('nothing'), 3000);
    });
    return results;
  }, base);
};
out['other port (same site)'] = await attack(`http://${target.hostname}:${port}`);
out['other site'] = await attack(`http://evil.example:${port}`);
const form = async (origin) => {
  await page.goto(`${origin}/`);
  await page.evaluate((b) => {
    const f = document.createElement('form');
    f.method = 'POST';
    f.enctype = 'text/plain';
    f.action = b + 'cozygen/api/logout';
    document.body.append(f);
    f.submit();
  }, base);
  await page.waitForLoadState();
  await page.waitForTimeout(300);
  return page.evaluate(() => document.body.innerText.slice(0, 80));
};
out.form = await form(`http://${target.hostname}:${port}`);
const rebound = await page.goto(`http://rebound.example:${target.port}/cozygen/api/auth_status`);
out.rebound = rebound.status() + ' ' + (await page.evaluate(() => document.body.innerText.slice(0, 90)));
const self = await context.newPage();
await self.goto(base + 'cozygen/');
out.own = await self.evaluate(async () => (await fetch('/cozygen/api/auth_status')).status);
out.statuses = [...new Set(statuses)];
console.log(JSON.stringify(out, null, 1));
await browser.close();
evil.close();

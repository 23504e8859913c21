// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as api from './api.js';

/** @type {string[]} */
let called = [];
/** @param {string} method @param {string} url */
const note = (method, url) => called.push(`${method} ${decodeURI(new URL(url, document.baseURI).pathname)}`);

/** As far as an upload with a progress bar needs it. */
class Upload extends EventTarget {
  upload = new EventTarget();
  /** @param {string} method @param {string} url */
  open(method, url) {
    note(method, url);
  }
  setRequestHeader() {}
  send() {}
}
vi.mock('./request.js', async (original) => {
  const real = /** @type {typeof import('./request.js')} */ (await original());
  const ask = (/** @type {string} */ path, /** @type {{ method?: string }} */ options = {}) => {
    note(options.method ?? 'GET', path);
    return Promise.resolve({});
  };
  return { ...real, request: ask, requestWithTag: ask };
});
beforeAll(() => vi.stubGlobal('XMLHttpRequest', Upload));
afterAll(() => vi.unstubAllGlobals());

/** Rows whose answers a browser asks for by itself. */
const BY_THE_BROWSER =
  /^GET \/cozygen(\/|\/assets\/.*|\/icons\/.*|\/locales\/.*|\/manifest.webmanifest|\/sw.js|\/favicon.ico)?$/;

/** The table, as `make contract` wrote it down. */
const rows = [...readFileSync('../docs/api.md', 'utf8').matchAll(/^\| `([A-Z]+ \/\S+)` \|/gm)]
  .map((match) => match[1] ?? '')
  .filter((row) => !BY_THE_BROWSER.test(row));

/** @param {string} row */
const literal = (row) => row.replaceAll(/\{\w+\}/g, '').length;

/** The row that answers a call: of several that fit, the one that says most. @param {string} call */
function rowOf(call) {
  const fits = rows.filter((row) =>
    new RegExp(`^${row.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '.+')}$`).test(call),
  );
  return fits.sort((a, b) => literal(b) - literal(a))[0];
}

/** What a function asks for, whatever its arguments are. @param {string} name */
function callsOf(name) {
  called = [];
  const first = /^upload|^restoreBackup/.test(name) ? new File([], 'a.png') : 'one';
  const answer = /** @type {any} */ (api)[name](first, 'two', 'three', 'four');
  if (typeof answer === 'string') note('GET', answer);
  return called;
}

it('finds the table', () => expect(rows.length).toBeGreaterThan(80));

it.each(Object.keys(api))('%s calls one row of the table', (name) => {
  const calls = callsOf(name);
  expect(calls).toHaveLength(1);
  expect(rowOf(calls[0] ?? '')).toBeDefined();
});

it('has a function for every row', () => {
  const reached = new Set(Object.keys(api).flatMap((name) => callsOf(name).map(rowOf)));
  expect(rows.filter((row) => !reached.has(row))).toEqual([]);
});

// @vitest-environment jsdom
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onOutcome, request, urlOf } from './request.js';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());
const answers = (/** @type {() => Response | Promise<Response>} */ make) =>
  server.use(http.all('http://localhost:3000/cozygen/api/x', make));

describe('addresses', () => {
  it('are relative to the page, so that a sub-path of a proxy does not matter', () => {
    expect(urlOf('api/x', { a: 'b c', yes: true, no: false, none: null, empty: '' })).toBe(
      'http://localhost:3000/cozygen/api/x?a=b+c&yes=1&no=0',
    );
  });
});

describe('answers', () => {
  it('are parsed', async () => {
    answers(() => HttpResponse.json({ ok: 1 }));
    expect(await request('api/x')).toEqual({ ok: 1 });
  });

  it('may be empty', async () => {
    answers(() => new HttpResponse(null, { status: 204 }));
    expect(await request('api/x', { method: 'POST', body: {} })).toBeNull();
  });

  it('that refuse keep the code, the sentence and the details of the server', async () => {
    answers(() =>
      HttpResponse.json(
        { error: 'stale', message: 'Someone was faster.', details: { etag: 'x' } },
        { status: 412, headers: { 'retry-after': '3' } },
      ),
    );
    await expect(request('api/x')).rejects.toMatchObject({
      status: 412,
      code: 'stale',
      message: 'Someone was faster.',
      details: { etag: 'x', retry_after: 3 },
    });
  });

  it.each([
    ['a proxy page', () => HttpResponse.html('<h1>502</h1>', { status: 502 }), { status: 502, code: 'malformed' }],
    ['half a document', () => new HttpResponse('{"a":'), { status: 200, code: 'malformed' }],
    ['no answer', () => HttpResponse.error(), { status: 0, code: 'unreachable' }],
    ['an error without words', () => HttpResponse.json({}, { status: 500 }), { status: 500, code: 'error' }],
  ])('that are %s are named', async (_, make, expected) => {
    answers(make);
    await expect(request('api/x')).rejects.toMatchObject(expected);
  });
});

it('an aborted request is no outcome', async () => {
  answers(() => new Promise(() => {}));
  /** @type {unknown[]} */
  const heard = [];
  const stop = onOutcome((error) => heard.push(error));
  const controller = new AbortController();
  const pending = request('api/x', { signal: controller.signal });
  controller.abort();
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  expect(heard).toEqual([]);
  stop();
});

describe('an answer that was asked for before the app was there', () => {
  const url = 'http://localhost:3000/cozygen/api/x';
  const early = (/** @type {Promise<Response>} */ answer) => {
    answer.catch(() => undefined);
    const map = new Map([
      [url, answer],
      [`${url}?other=1`, Promise.resolve(Response.json({ from: 'early' }))],
    ]);
    Object.assign(globalThis, { cozygenEarly: map });
    return map;
  };
  afterEach(() => Reflect.deleteProperty(globalThis, 'cozygenEarly'));

  it('is taken once; the next time the server is asked', async () => {
    answers(() => HttpResponse.json({ from: 'server' }));
    early(Promise.resolve(Response.json({ from: 'early' })));
    expect(await request('api/x')).toEqual({ from: 'early' });
    expect(await request('api/x')).toEqual({ from: 'server' });
  });

  it.each([
    ['a refusal', () => Promise.resolve(Response.json({ error: 'not_signed_in' }, { status: 401 }))],
    ['a server that is busy', () => Promise.resolve(new Response(null, { status: 503 }))],
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('is asked for again when it was %s, and nothing else of that time is taken', async (_, answer) => {
    answers(() => HttpResponse.json({ from: 'server' }));
    const map = early(answer());
    expect(await request('api/x')).toEqual({ from: 'server' });
    expect(map.size).toBe(0);
  });

  it('is not taken after anything was changed: signing in, for one', async () => {
    answers(() => HttpResponse.json({ from: 'server' }));
    early(Promise.resolve(Response.json({ from: 'early' })));
    await request('api/x', { method: 'POST', body: {} });
    expect(await request('api/x')).toEqual({ from: 'server' });
  });

  it('is not waited for longer than the caller wants', async () => {
    early(new Promise(() => {}));
    const controller = new AbortController();
    const pending = request('api/x', { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  });
});

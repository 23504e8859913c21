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

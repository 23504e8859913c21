// @vitest-environment jsdom
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { takeOverArrangement } from './takeOver.js';

/** @type {unknown[]} */
let sent = [];
let status = 200;
const server = setupServer(
  http.put('http://localhost:3000/cozygen/api/form_settings/*', async ({ request }) => {
    sent.push(await request.json());
    return HttpResponse.json(status === 200 ? {} : { error: 'x', message: 'x', details: {} }, { status });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  sent = [];
  status = 200;
  localStorage.setItem('cozygen_field_order_v1', '{"a.json": {"order": ["Steps"], "hidden": {"VAE": true}}}');
});
afterEach(() => localStorage.clear());

it('gives the server the old order, once', async () => {
  expect(await takeOverArrangement('a.json')).toBe(true);
  expect(await takeOverArrangement('a.json')).toBe(false);
  expect(sent).toEqual([{ order: ['Steps'], hidden: ['VAE'], pinned: [], labels: {} }]);
});

it('leaves an order alone that the server has already', async () => {
  status = 412;
  expect(await takeOverArrangement('a.json')).toBe(false);
  expect(await takeOverArrangement('a.json')).toBe(false);
  expect(sent).toHaveLength(1);
});

it('tries again after a server in trouble', async () => {
  status = 503;
  expect(await takeOverArrangement('a.json')).toBe(false);
  status = 200;
  expect(await takeOverArrangement('a.json')).toBe(true);
});

it('asks nothing where nothing was arranged', async () => {
  expect(await takeOverArrangement('b.json')).toBe(false);
  expect(sent).toEqual([]);
});

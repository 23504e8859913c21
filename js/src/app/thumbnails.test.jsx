// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { renderApp } from '../../test/renderApp.jsx';
import { WARMING_OFF } from '../../test/warming.js';

const API = 'http://localhost:3000/cozygen/api/';
let now = WARMING_OFF;
/** @type {unknown[]} */
let sent = [];
const server = setupServer(
  http.get(`${API}auth_status`, () => HttpResponse.json({ authenticated: false, user: null, auth_enabled: false })),
  http.get('http://localhost:3000/cozygen/workflows', () => HttpResponse.json([])),
  http.get(`${API}runs`, () => HttpResponse.json({ runs: [], total: 0, connected: true, message: '' })),
  http.get(`${API}thumbs/warming`, () => HttpResponse.json(now)),
  http.post(`${API}thumbs/warming`, async ({ request }) => {
    const body = /** @type {{ action: string, only_when_idle: boolean }} */ (await request.json());
    sent.push(body);
    const state = { start: 'running', pause: 'paused', stop: 'off' }[body.action] ?? '';
    now = { ...now, state, only_when_idle: body.only_when_idle, total: 8000 };
    return HttpResponse.json(now);
  }),
  http.post(`${API}clear_cache`, () => {
    now = { ...now, cache_bytes: 0 };
    return HttpResponse.json({ status: 'ok', message: '', files: 1204, freed_bytes: 120_000_000 });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  now = WARMING_OFF;
  sent = [];
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** @param {string} name */
const press = async (name) => userEvent.click(await screen.findByRole('button', { name }));

it('makes thumbnails ahead, pauses, goes on and stops', async () => {
  renderApp('/settings');
  await press('Make them ahead');
  expect(await screen.findByText('0 of 8,000, 0 a second')).toBeVisible();
  expect(screen.getByRole('progressbar', { name: 'Thumbnails' })).toBeVisible();
  await press('Pause');
  expect(await screen.findByText('0 of 8,000. Paused.')).toBeVisible();
  await press('Go on');
  await press('Stop');
  expect(await screen.findByRole('button', { name: 'Make them ahead' })).toBeVisible();
  expect(sent.map((body) => /** @type {{ action: string }} */ (body).action)).toEqual([
    'start',
    'pause',
    'start',
    'stop',
  ]);
});

it('keeps the wish until it starts, and tells it at once while it runs', async () => {
  renderApp('/settings');
  const idle = await screen.findByRole('switch', { name: 'Only while nothing runs and nobody looks' });
  expect(idle).toBeChecked();
  await userEvent.click(idle);
  expect(idle).not.toBeChecked();
  expect(sent).toEqual([]);
  await press('Make them ahead');
  await screen.findByText('0 of 8,000, 0 a second');
  await userEvent.click(idle);
  expect(sent).toEqual([
    { action: 'start', only_when_idle: false },
    { action: 'start', only_when_idle: true },
  ]);
});

it('says how far it is, and what cannot be shown', async () => {
  now = { ...WARMING_OFF, state: 'waiting', done: 1500, total: 8000, failed: 2 };
  renderApp('/settings');
  const text = '1,500 of 8,000. Goes on when nothing runs and nobody looks. 2 files cannot be shown.';
  expect(await screen.findByText(text)).toBeVisible();
});

it('clears the cache and says what that freed', async () => {
  renderApp('/settings');
  expect(await screen.findByText('120 MB of 2 GB are used')).toBeVisible();
  await press('Clear the cache');
  expect(await screen.findByText('1,204 thumbnails removed, 120 MB freed')).toBeVisible();
  expect(await screen.findByText('0 byte of 2 GB are used')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Clear the cache' })).toBeDisabled();
});

it('says why the server refuses', async () => {
  server.use(
    http.post(`${API}thumbs/warming`, () =>
      HttpResponse.json({ error: 'forbidden', message: 'Only an administrator may do that.' }, { status: 403 }),
    ),
  );
  renderApp('/settings');
  await press('Make them ahead');
  expect(await screen.findByText('Only an administrator may do that.')).toBeVisible();
});

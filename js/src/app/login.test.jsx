// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderApp } from '../../test/renderApp.jsx';
import { followSession, refreshSession, useSession } from '../services/session.js';

const BASE = 'http://localhost:3000/cozygen/';
const server = setupServer();
let inside = false;
let following = false;
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(async () => {
  inside = false;
  server.use(
    http.get(`${BASE}api/auth_status`, () =>
      inside
        ? HttpResponse.json({ authenticated: true, user: 'ada', auth_enabled: true, default_credentials: false })
        : HttpResponse.json({ authenticated: false, user: null, auth_enabled: true }, { status: 401 }),
    ),
    http.get(`${BASE}api/gallery`, () =>
      inside
        ? HttpResponse.json({ items: [], page: 1, per_page: 120, total_pages: 0, total_items: 0 })
        : HttpResponse.json({ error: 'unauthorized', message: 'Sign in to use this.' }, { status: 401 }),
    ),
  );
  if (!following) await followSession();
  following = true;
  useSession.setState({ state: 'asking', user: null, defaultCredentials: false });
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const signInAs = async (/** @type {string} */ password) => {
  await userEvent.type(await screen.findByLabelText('User name'), 'ada');
  await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
};

describe('a server with a login', () => {
  it('asks a stranger to sign in, and leads back to the wanted page', async () => {
    server.use(
      http.post(`${BASE}api/login`, async ({ request }) => {
        const body = /** @type {any} */ (await request.json());
        inside = body.username === 'ada' && body.password === 'right horse';
        return HttpResponse.json({ user: 'ada', expires_in: 1, default_credentials: false });
      }),
    );
    renderApp('/gallery?kind=video');
    await signInAs('right horse');
    expect(await screen.findByText('Nothing here')).toBeVisible();
    expect(location.hash).toBe('#/gallery?kind=video');
  });

  it.each([
    [401, { error: 'invalid_credentials', message: 'x' }, 'The name or the password is wrong.'],
    [429, { error: 'too_many_attempts', message: 'x' }, 'Too many tries. Wait 42 seconds.'],
    [503, { error: 'not_ready', message: 'The accounts cannot be read.' }, 'The accounts cannot be read.'],
  ])('says at %i what is the matter and keeps what was typed', async (status, body, words) => {
    server.use(
      http.post(`${BASE}api/login`, () => HttpResponse.json(body, { status, headers: { 'retry-after': '42' } })),
    );
    renderApp('/gallery');
    await signInAs('wrong');
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByLabelText('User name')).toHaveValue('ada');
  });

  it('uses a pairing code only after a tap', async () => {
    let claimed = 0;
    server.use(
      http.post(`${BASE}api/pair/claim`, () => {
        claimed += 1;
        return HttpResponse.json({ error: 'gone', message: 'This code was used already.' }, { status: 404 });
      }),
    );
    renderApp('/login?pair=ABCDE23456');
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in on this device' }));
    expect(await screen.findByText('This code was used already.')).toBeVisible();
    expect(claimed).toBe(1);
  });
});

it('a server without a login has no sign-in, no sign-out and no devices', async () => {
  server.use(
    http.get(`${BASE}api/auth_status`, () =>
      HttpResponse.json({ authenticated: false, user: null, auth_enabled: false }),
    ),
  );
  await refreshSession();
  renderApp('/settings');
  expect(await screen.findByText('Theme')).toBeVisible();
  expect(screen.queryByText(/Sign out/)).toBeNull();
  expect(screen.queryByText('Devices')).toBeNull();
});

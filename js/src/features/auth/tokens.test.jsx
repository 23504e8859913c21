// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp.jsx';
import { useSession } from '../../services/session.js';

const BASE = 'http://localhost:3000/cozygen/api/';
const server = setupServer();
/** @type {any[]} */
let tokens = [];
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  tokens = [];
  useSession.setState({ state: 'in', user: 'ada', defaultCredentials: false });
  server.use(
    http.get(`${BASE}sessions`, () => HttpResponse.json({ sessions: [] })),
    http.get(`${BASE}tokens`, () => HttpResponse.json({ tokens })),
    http.get(`${BASE}auth_status`, () => HttpResponse.json({ authenticated: true, user: 'ada', auth_enabled: true })),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const openForm = async () => {
  renderApp('/settings');
  await userEvent.click(await screen.findByRole('button', { name: 'New token' }));
  await screen.findByRole('button', { name: 'Make the token' });
};

it('makes a token with a name, a level and an end, and shows it once', async () => {
  server.use(
    http.post(`${BASE}tokens`, async ({ request }) => {
      const body = /** @type {any} */ (await request.json());
      expect(body).toEqual({ name: 'nightly', access: 'queue', days: null });
      tokens = [{ id: 'a', user: 'ada', name: body.name, access: body.access, created: 1, used: 1, expires: null }];
      return HttpResponse.json({ ...tokens[0], token: 'S3cret' });
    }),
  );
  await openForm();
  await userEvent.type(screen.getByLabelText('Name'), ' nightly ');
  await userEvent.selectOptions(screen.getByLabelText('May'), 'look and queue');
  await userEvent.selectOptions(screen.getByLabelText('Lasts'), 'until it is ended');
  await userEvent.click(screen.getByRole('button', { name: 'Make the token' }));
  expect(await screen.findByLabelText('Your token')).toHaveValue('S3cret');
  await userEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(await screen.findByText('nightly')).toBeVisible();
  expect(screen.queryByDisplayValue('S3cret')).toBeNull();
});

it('says why a token is refused, and keeps what was typed', async () => {
  server.use(
    http.post(`${BASE}tokens`, () =>
      HttpResponse.json({ error: 'forbidden', message: 'A token cannot do more than your account.' }, { status: 403 }),
    ),
  );
  await openForm();
  await userEvent.type(screen.getByLabelText('Name'), 'nightly');
  await userEvent.click(screen.getByRole('button', { name: 'Make the token' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('A token cannot do more than your account.');
  expect(screen.getByLabelText('Name')).toHaveValue('nightly');
});

it.each(['', '   '])('makes nothing without a name (%j)', async (name) => {
  await openForm(); // a POST would fail the test
  if (name) await userEvent.type(screen.getByLabelText('Name'), name);
  await userEvent.click(screen.getByRole('button', { name: 'Make the token' }));
  expect(screen.queryByLabelText('Your token')).toBeNull();
});

it('ends a token, and says so when that fails', async () => {
  tokens = [{ id: 'a/b', user: 'ada', name: 'nightly', access: 'view', created: 1, used: 1, expires: 2e9 }];
  let ended = 0;
  server.use(
    http.delete(`${BASE}tokens/:id`, ({ params }) => {
      expect(params.id).toBe('a/b');
      ended += 1;
      if (ended === 1) return HttpResponse.json({ error: 'x', message: 'The disk is full.' }, { status: 507 });
      tokens = [];
      return HttpResponse.json({ status: 'ok' });
    }),
  );
  renderApp('/settings');
  const row = /** @type {HTMLElement} */ ((await screen.findByText('nightly')).closest('li'));
  expect(row).toHaveTextContent('look at everything · until May 18, 2033');
  await userEvent.click(within(row).getByRole('button', { name: 'End the token nightly' }));
  expect(await screen.findByText('The disk is full.')).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'End the token nightly' }));
  await expect.poll(() => screen.queryByText('nightly')).toBeNull();
});

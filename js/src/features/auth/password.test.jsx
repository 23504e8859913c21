// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp.jsx';
import { followSession, useSession } from '../../services/session.js';

const BASE = 'http://localhost:3000/cozygen/api/';
const server = setupServer();
/** @type {any[]} */
let asked = [];
let inSettings = false;
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  asked = [];
  inSettings = false;
  useSession.setState({ state: 'in', user: 'ada', defaultCredentials: false });
  server.use(
    http.get(`${BASE}sessions`, () => HttpResponse.json({ sessions: [] })),
    http.get(`${BASE}tokens`, () => HttpResponse.json({ tokens: [] })),
    http.get(`${BASE}auth_status`, () =>
      HttpResponse.json({
        authenticated: true,
        user: 'ada',
        auth_enabled: true,
        password_in_settings: inSettings,
      }),
    ),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** @param {() => Response} answer */
const answerWith = (answer) =>
  server.use(
    http.post(`${BASE}password`, async ({ request }) => {
      asked.push(await request.json());
      return answer();
    }),
  );

/** @param {string} error @param {string} message @param {number} status @param {HeadersInit} [headers] */
const refuse = (error, message, status, headers) => () =>
  HttpResponse.json({ error, message }, { status, ...(headers && { headers }) });

/** @param {string} [fresh] */
async function fill(fresh = 'a much longer one') {
  renderApp('/settings');
  await userEvent.click(await screen.findByRole('button', { name: 'Change password' }));
  await userEvent.type(screen.getByLabelText('Present password'), 'old secret');
  await userEvent.type(screen.getByLabelText('New password'), fresh);
  await userEvent.click(screen.getByRole('button', { name: 'Change the password' }));
}

it('changes the password and says what became of the other devices', async () => {
  answerWith(() => HttpResponse.json({ token: 'x', user: 'ada', expires_in: 1, default_credentials: false }));
  await fill();
  expect(await screen.findByText('All other devices and programs are signed out.')).toBeVisible();
  expect(asked).toEqual([{ current: 'old secret', new: 'a much longer one' }]);
  expect(screen.queryByLabelText('New password')).toBeNull();
});

it.each([
  ['a wrong password', refuse('invalid_credentials', 'No.', 403), 'The present password is wrong.'],
  ['a weak one', refuse('weak_password', 'Everybody tries it first.', 400), 'Everybody tries it first.'],
  ['too many tries', refuse('too_many_requests', 'Wait.', 429, { 'retry-after': '30' }), /30/],
])('keeps what was typed and says why after %s', async (_, answer, words) => {
  await followSession();
  answerWith(answer);
  await fill();
  expect(await screen.findByRole('alert')).toHaveTextContent(words);
  expect(screen.getByLabelText('New password')).toHaveValue('a much longer one');
  expect(useSession.getState().state).toBe('in');
});

it('shows what is typed when asked to', async () => {
  await fill('short');
  const field = screen.getByLabelText('New password');
  expect(field).toHaveAttribute('type', 'password');
  expect(field).toHaveAttribute('minlength', '8'); // the browser asks for more
  const shows = screen.getAllByRole('button', { name: 'Show the password' });
  await userEvent.click(/** @type {HTMLElement} */ (shows[1]));
  expect(field).toHaveAttribute('type', 'text');
  expect(screen.getByLabelText('Present password')).toHaveAttribute('type', 'password');
});

it('offers nothing where the settings of the server hold the password', async () => {
  inSettings = true;
  renderApp('/settings');
  expect(await screen.findByText(/COZYGEN_AUTH_PASS/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Change password' })).toBeNull();
});

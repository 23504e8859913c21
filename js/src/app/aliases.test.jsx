// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { useDrafts } from '../features/aliases/drafts.js';
import { renderApp } from '../../test/renderApp.jsx';

const API = 'http://localhost:3000/cozygen/api/';
const hero = { name: 'character::hero', category: 'character', text: '1girl, armor' };
const found = { ...hero, token: 'character:hero', friendly: 'Hero', used: 0 };
const server = setupServer(
  http.get(`${API}auth_status`, () => HttpResponse.json({ authenticated: false, user: null, auth_enabled: false })),
  http.get(`${API}alias_search`, () => HttpResponse.json({ items: [found] })),
  http.get(`${API}alias_categories`, () => HttpResponse.json({ categories: [] })),
  http.get(`${API}aliases`, () => HttpResponse.json({ items: { 'character::hero': '1girl, armor' } })),
  http.get(`${API}aliases/*`, () => HttpResponse.json(hero, { headers: { etag: '"1"' } })),
  http.post(`${API}alias_check`, () => HttpResponse.json({ aliases: {} })),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => useDrafts.setState({ of: {} }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Opens the one alias and adds to its text. @param {string} more */
async function edit(more) {
  await userEvent.click(await screen.findByRole('button', { name: /Hero/ }));
  const text = await screen.findByLabelText('Stands for');
  await userEvent.type(text, more);
  return text;
}
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));

it('shows what an alias becomes while it is written', async () => {
  renderApp('/library?tab=aliases');
  await edit(', $nope$');
  const shown = within(screen.getByRole('region', { name: 'Expanded' }));
  expect(shown.getByText('1girl, armor, $nope$')).toBeVisible();
  expect(shown.getByText('Stays as it is: nope')).toBeVisible();
});

it('saves the version that was read', async () => {
  /** @type {unknown[]} */
  const sent = [];
  server.use(
    http.patch(`${API}aliases/*`, async ({ request }) => {
      sent.push(request.headers.get('if-match'), await request.json());
      return HttpResponse.json({ ...hero, undo: 'u1' });
    }),
  );
  renderApp('/library?tab=aliases');
  await edit(', cape');
  await save();
  expect(await screen.findByText('character::hero is saved')).toBeVisible();
  expect(sent).toEqual(['"1"', { name: 'character::hero', category: 'character', text: '1girl, armor, cape' }]);
});

/** The server takes no version but the second, which another device wrote; what was sent is told. */
function overtaken() {
  /** @type {unknown[]} */
  const sent = [];
  const theirs = { ...hero, text: '1girl, robe' };
  server.use(
    http.patch(`${API}aliases/*`, async ({ request }) => {
      const version = request.headers.get('if-match');
      sent.push([version, await request.json()]);
      if (version === '"2"') return HttpResponse.json({ ...theirs, undo: 'u1' });
      server.use(http.get(`${API}aliases/*`, () => HttpResponse.json(theirs, { headers: { etag: '"2"' } })));
      return HttpResponse.json({ error: 'precondition_failed', message: 'Changed meanwhile.' }, { status: 412 });
    }),
  );
  return sent;
}

it('shows what another device made of the alias, and keeps what is written here until one is chosen', async () => {
  overtaken();
  renderApp('/library?tab=aliases');
  const text = await edit(', cape');
  await save();
  const conflict = within(await screen.findByRole('alert', { name: 'This alias was changed elsewhere meanwhile.' }));
  expect(conflict.getByText('1girl, robe')).toBeVisible();
  expect(text).toHaveValue('1girl, armor, cape');
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await userEvent.click(conflict.getByRole('button', { name: 'Take that version' }));
  expect(await screen.findByLabelText('Stands for')).toHaveValue('1girl, robe');
  expect(screen.queryByRole('alert')).toBeNull();
});

it('goes on with the version written here only when told to, and writes over what was shown', async () => {
  const sent = overtaken();
  renderApp('/library?tab=aliases');
  await edit(', cape');
  await save();
  await userEvent.click(await screen.findByRole('button', { name: 'Go on with mine' }));
  await save();
  expect(await screen.findByText('character::hero is saved')).toBeVisible();
  const mine = { name: 'character::hero', category: 'character', text: '1girl, armor, cape' };
  expect(sent).toEqual([
    ['"1"', mine],
    ['"2"', mine],
  ]);
});

it('makes an alias again that was deleted on another device while it was written', async () => {
  const missing = () => HttpResponse.json({ error: 'not_found', message: 'There is no such alias.' }, { status: 404 });
  /** @type {unknown[]} */
  const made = [];
  server.use(
    http.patch(`${API}aliases/*`, () => {
      server.use(http.get(`${API}aliases/*`, missing));
      return missing();
    }),
    http.put(`${API}aliases/*`, async ({ request }) => {
      made.push(request.headers.get('if-none-match'), await request.json());
      return HttpResponse.json({ ...hero, undo: 'u1' }, { status: 201 });
    }),
  );
  renderApp('/library?tab=aliases');
  await edit(', cape');
  await save();
  expect(await screen.findByText('This alias was deleted elsewhere. Saving makes it again.')).toBeVisible();
  await save();
  expect(await screen.findByText('character::hero is saved')).toBeVisible();
  expect(made).toEqual(['*', { text: '1girl, armor, cape', category: 'character' }]);
});

it('keeps an edit that was not saved', async () => {
  renderApp('/library?tab=aliases');
  await edit(', cape');
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(await screen.findByText('not saved')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /Hero/ }));
  expect(await screen.findByLabelText('Stands for')).toHaveValue('1girl, armor, cape');
});

it('does not offer to save a name that no prompt can write', async () => {
  renderApp('/library?tab=aliases&alias=');
  await userEvent.type(await screen.findByLabelText('Stands for'), 'x');
  await userEvent.type(screen.getByLabelText('Name'), '日本');
  expect(screen.getByText(/A prompt cannot name it so/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
});

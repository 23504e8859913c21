// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderApp } from '../../test/renderApp.jsx';

const BASE = 'http://localhost:3000/cozygen/';
const nothing = { items: [], page: 1, per_page: 120, total_pages: 0, total_items: 0, generation: 1 };
const server = setupServer(
  http.get(`${BASE}api/auth_status`, () =>
    HttpResponse.json({ authenticated: false, user: null, auth_enabled: false }),
  ),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());
const gallery = (/** @type {(request: Request) => Response} */ make) =>
  server.use(http.get(`${BASE}api/gallery`, ({ request }) => make(request)));

describe('the gallery', () => {
  it('says that it is empty and what to do', async () => {
    gallery(() => HttpResponse.json(nothing));
    renderApp('/gallery');
    expect(await screen.findByText('No pictures yet')).toBeVisible();
    expect(screen.queryByText('Show everything')).toBeNull();
  });

  it('does not call a narrow look at a full library empty', async () => {
    gallery(() => HttpResponse.json(nothing));
    renderApp('/gallery?kind=video');
    expect(await screen.findByText('Nothing here')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show everything' }));
    expect(location.hash).toBe('#/gallery');
  });

  it('shows the sentence of the server, and Retry brings the pictures', async () => {
    let broken = true;
    gallery(() =>
      broken
        ? HttpResponse.json({ error: 'forbidden', message: 'That folder is outside of the library.' }, { status: 403 })
        : HttpResponse.json(nothing),
    );
    renderApp('/gallery?folder=..');
    expect(await screen.findByText('That folder is outside of the library.')).toBeVisible();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing here')).toBeVisible();
  });

  it('offers the folders of a folder and the way up', async () => {
    gallery((request) => {
      const query = new URL(request.url).searchParams;
      const folder = { filename: '2026', type: 'directory', subfolder: 'a/2026', mtime: 1 };
      return HttpResponse.json(
        query.get('recursive') === '0' ? { ...nothing, items: [folder], total_items: 1 } : nothing,
      );
    });
    renderApp('/gallery?folder=a');
    await userEvent.click(await screen.findByRole('button', { name: '2026' }));
    expect(location.hash).toBe('#/gallery?folder=a%2F2026');
    await userEvent.click(await screen.findByRole('button', { name: 'Up one folder' }));
    expect(location.hash).toBe('#/gallery?folder=a');
  });
});

it('a page of another version is a page that is missing, not a blank one', async () => {
  renderApp('/nowhere');
  expect(await screen.findByText('There is no such page')).toBeVisible();
});

it('takes a choice of theme and keeps it', async () => {
  renderApp('/settings');
  await userEvent.selectOptions(await screen.findByLabelText('Theme'), 'Light');
  expect(JSON.parse(localStorage.getItem('cozygen.preferences') ?? '{}').theme).toBe('light');
});

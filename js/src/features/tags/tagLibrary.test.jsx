// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp.jsx';
import { useCollection } from './collection.js';

const BASE = 'http://localhost:3000/cozygen/';
const item = (/** @type {string} */ tag) => ({
  tag,
  count: 1000,
  category: 'general',
  source: 'mine',
  sources: ['mine'],
  match: 'prefix',
  nsfw: false,
});
const page = (/** @type {string[]} */ names, more = {}) => ({
  items: names.map(item),
  q: '',
  total: names.length,
  total_is_exact: true,
  cursor: null,
  state: 'ready',
  ...more,
});
const server = setupServer(
  http.get(`${BASE}api/auth_status`, () =>
    HttpResponse.json({ authenticated: false, user: null, auth_enabled: false }),
  ),
  http.get(`${BASE}api/tags/categories`, () =>
    HttpResponse.json({ categories: [{ key: 'artist', count: 3, actual: 3 }], total: 3, state: 'ready' }),
  ),
  http.get(`${BASE}workflows`, () => HttpResponse.json({ workflows: [] })),
);
beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
  globalThis.IntersectionObserver = /** @type {any} */ (
    class {
      observe() {}
      disconnect() {}
    }
  );
});
beforeEach(() => useCollection.getState().set([]));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());
const search = (/** @type {(query: URLSearchParams) => Response} */ make) =>
  server.use(http.get(`${BASE}api/tags/search`, ({ request }) => make(new URL(request.url).searchParams)));

describe('the tag library', () => {
  it('opens at an old address with its words', async () => {
    search((query) => HttpResponse.json(page(query.get('q') === 'hair' ? ['long_hair'] : ['smile'])));
    renderApp('/tags?q=hair');
    expect(await screen.findByText('long hair')).toBeVisible();
    expect(screen.getByRole('searchbox')).toHaveValue('hair');
    expect(location.hash).toBe('#/library?tab=tags&q=hair');
  });

  it('keeps what was chosen in the address and asks for it', async () => {
    search((query) => HttpResponse.json(page([query.get('category') || 'all', `used_${query.get('used') ?? ''}`])));
    renderApp('/library');
    await userEvent.click(await screen.findByRole('button', { name: /Artist/ }));
    expect(await screen.findByText('artist')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Used by me' }));
    expect(await screen.findByText('used 1')).toBeVisible();
    expect(location.hash).toBe('#/library?tab=tags&category=artist&used=1');
  });

  it('collects in the order of touching, and gives back what was cleared', async () => {
    search(() => HttpResponse.json(page(['smile', 'saber_(fate)'])));
    renderApp('/library');
    await userEvent.click(await screen.findByRole('button', { name: /^saber/ }));
    await userEvent.click(screen.getByRole('button', { name: /^smile/ }));
    expect(JSON.parse(localStorage.getItem('cozygen.collectedTags') ?? '')).toEqual(['saber_(fate)', 'smile']);
    await userEvent.click(screen.getByRole('button', { name: '2 collected' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Clear' }));
    expect(useCollection.getState().tags).toEqual([]);
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(useCollection.getState().tags).toEqual(['saber_(fate)', 'smile']);
  });

  it('says that nothing fits, and that there are no lists, in different words', async () => {
    search(() => HttpResponse.json(page([])));
    renderApp('/library?q=zzzz');
    expect(await screen.findByText('No tag fits')).toBeVisible();
    await userEvent.clear(screen.getByRole('searchbox'));
    expect(await screen.findByText('No tags yet')).toBeVisible();
  });

  it('does not call a total exact that is not', async () => {
    search(() => HttpResponse.json(page(['smile'], { total: 1000, total_is_exact: false })));
    renderApp('/library');
    expect(await screen.findByText('more than 1,000 tags')).toBeVisible();
  });

  it('shows the sentence of the server and tries again', async () => {
    let broken = true;
    search(() =>
      broken
        ? HttpResponse.json({ error: 'core_missing', message: 'The core is missing.' }, { status: 500 })
        : HttpResponse.json(page(['smile'])),
    );
    renderApp('/library');
    expect(await screen.findByText('The core is missing.')).toBeVisible();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('smile')).toBeVisible();
  });
});

describe('a list that is added', () => {
  const lists = { sources: [], state: 'ready', progress: null };
  it('is refused in the words of the server', async () => {
    search(() => HttpResponse.json(page(['smile'])));
    server.use(
      http.get(`${BASE}api/tags/sources`, () => HttpResponse.json(lists)),
      http.post(`${BASE}api/tags/sources`, () =>
        HttpResponse.json({ error: 'bad_tag_list', message: 'The file was not taken: binary data.' }, { status: 422 }),
      ),
    );
    renderApp('/library');
    await userEvent.click(await screen.findByRole('button', { name: 'Tag lists' }));
    await userEvent.upload(await screen.findByLabelText('Add a list'), new File(['\0\0'], 'photo.csv'));
    expect(await screen.findByText('The file was not taken: binary data.')).toBeVisible();
  });
});

// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { WordsProvider } from '../../i18n/WordsProvider.jsx';
import { makeQueryClient } from '../../services/queryClient.js';
import { AddWorkflows } from './AddWorkflows.jsx';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const files = [new File(['{}'], 'good.json'), new File(['no'], '<b>bad</b>.json')];

async function choose() {
  const client = makeQueryClient();
  const invalidate = vi.spyOn(client, 'invalidateQueries');
  render(
    <QueryClientProvider client={client}>
      <WordsProvider lang="en">
        <AddWorkflows />
      </WordsProvider>
    </QueryClientProvider>,
  );
  await userEvent.upload(await screen.findByLabelText('Add workflow files'), files);
  return invalidate;
}

it('sends all that were chosen, reads the list again and names the one that is none, as text', async () => {
  let sent = 0;
  server.use(
    http.post('*/api/workflows/upload', async ({ request }) => {
      sent = (await request.text()).split('name="file"').length - 1;
      const refused = [{ file: '<b>bad</b>.json', error: 'invalid_json', message: 'This is no JSON.' }];
      return HttpResponse.json({ saved: [{ file: 'good.json', workflow: 'good.json', already: false }], refused });
    }),
  );
  const invalidate = await choose();
  expect((await screen.findByRole('alert')).textContent).toBe('<b>bad</b>.json: This is no JSON.');
  expect(sent).toBe(2);
  expect(invalidate).toHaveBeenCalledWith({ queryKey: ['workflows'] });
});

it('can be tried again after the server refused everything', async () => {
  server.use(
    http.post('*/api/workflows/upload', () => HttpResponse.json({ error: 'x', message: 'No.' }, { status: 413 })),
  );
  await choose();
  await waitFor(() => expect(/** @type {HTMLButtonElement} */ (screen.getByRole('button')).disabled).toBe(false));
  expect(screen.queryByRole('alert')).toBeNull();
});

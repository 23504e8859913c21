// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { WordsProvider } from '../../i18n/WordsProvider.jsx';
import { OpenInComfyUI } from './OpenInComfyUI.jsx';

/** @param {string} kind of the host, as `api/health` says it */
function show(kind) {
  const parts = { host: { state: 'ok', message: '', figures: { kind, version: '0' } } };
  vi.stubGlobal('fetch', async () => Response.json({ status: 'ok', version: '0', parts, notices: [] }));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <WordsProvider lang="en">
        <OpenInComfyUI id="61ff" />
      </WordsProvider>
    </QueryClientProvider>,
  );
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('leads to the graph editor with the picture where CozyGen runs inside ComfyUI', async () => {
  show('comfyui');
  const link = await screen.findByRole('link', { name: 'Open in ComfyUI' });
  expect(link.getAttribute('href')).toContain('cozygen_item=61ff');
});

test('offers no editor where there is none', async () => {
  show('sketch');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(screen.queryByRole('link')).toBeNull();
});

// @vitest-environment jsdom
/** @import { FormField } from '../../services/apiTypes.js' */
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { WordsProvider } from '../../i18n/WordsProvider.jsx';
import { makeQueryClient } from '../../services/queryClient.js';
import { ChoiceInput } from './ChoiceInput.jsx';

const NAMES = Array.from({ length: 30 }, (_, i) => `lora ${i}.safetensors`);
/** @type {string[]} */
let asked = [];
let listed = NAMES;
/** @type {Record<string, string>} */
let previews = {};
const server = setupServer(
  http.get('*/get_choices', ({ request }) => {
    asked.push(new URL(request.url).search);
    return HttpResponse.json({ choices: listed, previews });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  asked = [];
  listed = NAMES;
  previews = {};
});
afterAll(() => server.close());

/** @param {Partial<FormField>} [more] */
async function open(more) {
  const field = /** @type {FormField} */ ({
    name: 'style',
    label: 'Style',
    kind: 'choice',
    choices: NAMES,
    choice_type: 'loras',
    ...more,
  });
  const client = makeQueryClient();
  const invalidate = vi.spyOn(client, 'invalidateQueries');
  render(
    <QueryClientProvider client={client}>
      <WordsProvider lang="en">
        <ChoiceInput id="x" field={field} value="lora 3.safetensors" onChange={() => {}} />
      </WordsProvider>
    </QueryClientProvider>,
  );
  expect(asked).toEqual([]);
  await userEvent.click(await screen.findByRole('button', { name: /lora 3/ }));
  return { dialog: await screen.findByRole('dialog'), invalidate };
}

it('shows the picture beside the model that has one', async () => {
  previews = { 'lora 5.safetensors': 'thumb?type=model&subfolder=loras&filename=lora+5.safetensors&v=1' };
  const { dialog } = await open();
  const row = within(dialog).getByRole('button', { name: 'lora 5' });
  const picture = await waitFor(() => {
    const found = row.querySelector('img');
    expect(found).not.toBeNull();
    return /** @type {HTMLImageElement} */ (found);
  });
  expect(picture.src).toMatch(/thumb\?type=model&subfolder=loras&filename=lora\+5\.safetensors&v=1&w=192$/);
  expect(picture.alt).toBe('');
  expect(within(dialog).getByRole('button', { name: 'lora 6' }).querySelector('img')).toBeNull();
});

it('keeps no place for pictures where no model has one', async () => {
  const { dialog } = await open();
  await waitFor(() => expect(asked).toEqual(['?type=loras&refresh=1&previews=1']));
  expect(dialog.querySelector('.choice-picture')).toBeNull();
});

it('reads the folder anew when opened, and the form where something changed', async () => {
  listed = [...NAMES, 'new.safetensors'];
  const { invalidate } = await open();
  await waitFor(() => expect(invalidate).toHaveBeenCalledWith({ queryKey: ['form'] }));
});

it('leaves the form alone where nothing changed', async () => {
  const { invalidate } = await open();
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(invalidate).not.toHaveBeenCalled();
});

it('asks nothing for a list that is no folder', async () => {
  await open({ choice_type: null });
  expect(asked).toEqual([]);
});

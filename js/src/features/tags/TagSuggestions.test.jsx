// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { useState } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WordsProvider } from '../../i18n/WordsProvider.jsx';
import { makeQueryClient } from '../../services/queryClient.js';
import { TagSuggestions } from './TagSuggestions.jsx';

const TAGS = [
  'blue_eyes',
  'blue_sky',
  'blue_hair',
  'black_hair',
  'long_hair',
  'looking_at_viewer',
  'saber_(fate)',
  'smile',
];
/** @type {string[]} */
let asked = [];
/** @type {(q: string) => number} how long an answer takes */
let patience = () => 0;
const item = (/** @type {string} */ tag) => ({
  tag,
  count: 1_234_567,
  category: 'general',
  source: 'x',
  sources: ['x'],
  match: 'prefix',
  nsfw: false,
  ...(tag === 'blue_eyes' && { used: 41 }),
  ...(tag === 'smile' && { alias: 'smiling' }),
});
/** @type {Record<string, string[]>} */
const FILES = {
  loras: ['styles/ink_wash.safetensors', 'evening_light.safetensors', 'detail.pt'],
  embeddings: ['bad_hands.pt', 'neg/easy.safetensors', 'no good.pt'],
};
const alias = (/** @type {string} */ token, /** @type {string} */ friendly) => ({
  name: token.replace(':', '::'),
  token,
  friendly,
  category: 'outfit',
  subcategory: '',
  text: 'red dress, heels',
  used: 0,
});
const server = setupServer(
  http.get('*/api/alias_search', () =>
    HttpResponse.json({ items: [alias('outfit:red_dress', 'Red - Dress'), alias('hero', 'Hero')] }),
  ),
  http.get('*/get_choices', ({ request }) =>
    HttpResponse.json({ choices: FILES[new URL(request.url).searchParams.get('type') ?? ''] ?? [] }),
  ),
  http.get('*/api/wildcards', () => HttpResponse.json({ names: ['hair/color', 'hair/style', 'sky'] })),
  http.get('*/api/tags/search', async ({ request }) => {
    const q = new URL(request.url).searchParams.get('q') ?? '';
    asked.push(q);
    await delay(patience(q));
    const words = q.toLowerCase().replaceAll('\\', '').split(/[ _]/);
    const items = TAGS.filter((tag) =>
      words.every((word) => tag.includes(word) || (tag === 'smile' && 'smiling'.includes(word))),
    );
    return HttpResponse.json({ items: items.map(item), q: q.trim().toLowerCase(), state: 'ready' });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  asked = [];
  patience = () => 0;
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Prompt({ first = '' }) {
  const [text, setText] = useState(first);
  return (
    <TagSuggestions>
      <textarea aria-label="Prompt" value={text} onChange={(event) => setText(event.target.value)} />
    </TagSuggestions>
  );
}

/** @param {string} [first] */
function open(first) {
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <WordsProvider lang="en">
        <Prompt {...(first !== undefined && { first })} />
      </WordsProvider>
    </QueryClientProvider>,
  );
  return /** @type {HTMLTextAreaElement} */ (screen.getByLabelText('Prompt'));
}
const shown = () =>
  screen.queryAllByRole('option', { hidden: true }).map((el) => el.querySelector('.tag-name')?.textContent ?? '');
const findOption = (/** @type {string} */ name) => screen.findByText(name, { selector: '.tag-name' });

describe('suggestions while typing', () => {
  it('are those for what stands there now, however late and disordered the answers come', async () => {
    patience = (q) => 400 - 60 * q.length; // the first question is answered last
    const field = open();
    const user = userEvent.setup({ delay: 70 });
    /** @type {string[]} */
    const wrong = [];
    const watch = setInterval(() => {
      const typed = field.value.trim().toLowerCase();
      wrong.push(...shown().filter((name) => !typed.split(' ').every((word) => name.includes(word))));
    }, 4);
    await user.type(field, 'blue ey');
    await findOption('blue eyes');
    await user.clear(field);
    await user.type(field, 'bla');
    await findOption('black hair');
    await new Promise((resolve) => setTimeout(resolve, 500));
    clearInterval(watch);
    expect(wrong).toEqual([]);
    expect(shown()).toEqual(['black hair']);
  });

  it('ask at once, and once for letters that follow each other faster than a person types', async () => {
    const field = open();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
    field.focus();
    for (const value of ['lo', 'loo', 'look', 'looki', 'looking']) fireEvent.input(field, { target: { value } });
    clock.mockRestore();
    await findOption('looking at viewer');
    await waitFor(() => expect(asked).toEqual(['lo', 'looking']));
  });

  it('say how often the owner used a tag and what other name was found', async () => {
    await userEvent.type(open(), 'blue');
    expect(await screen.findByText('used 41× by you')).toBeInTheDocument();
    expect(screen.getAllByText('1.2M').length).toBeGreaterThan(0);
    await userEvent.clear(screen.getByLabelText('Prompt'));
    await userEvent.type(screen.getByLabelText('Prompt'), 'smiling');
    expect(await screen.findByText('smiling ➝ smile')).toBeInTheDocument();
  });

  it('keep quiet while an input method composes', async () => {
    const field = open();
    field.focus();
    field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    await userEvent.type(field, 'blue');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).toEqual([]);
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    await findOption('blue eyes');
  });
});

describe('choosing', () => {
  it('by arrows and Enter puts the tag in and a comma behind it', async () => {
    const field = open();
    await userEvent.type(field, '1girl, blue');
    await findOption('blue sky');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(field.getAttribute('aria-activedescendant')).toBe(
      screen.getByRole('option', { selected: true, hidden: true }).id,
    );
    await userEvent.keyboard('{Enter}');
    expect(field).toHaveValue('1girl, blue sky, ');
    expect(shown()).toEqual([]);
  });

  it('by Tab takes the first; parentheses are escaped', async () => {
    const field = open();
    await userEvent.type(field, 'saber');
    await findOption('saber (fate)');
    await userEvent.keyboard('{Tab}');
    expect(field).toHaveValue('saber \\(fate\\), ');
    expect(field).toHaveFocus();
  });

  it('by touch keeps the field in hand', async () => {
    const field = open();
    await userEvent.type(field, 'long');
    await userEvent.click(await findOption('long hair'));
    expect(field).toHaveValue('long hair, ');
    expect(field).toHaveFocus();
  });

  it('is not forced: Enter alone is a line break, Escape closes', async () => {
    const field = open();
    await userEvent.type(field, 'smile');
    await findOption('smile');
    await userEvent.keyboard('{Enter}');
    expect(field).toHaveValue('smile\n');
    await userEvent.type(field, 'blue');
    await findOption('blue sky');
    await userEvent.keyboard('{Escape}');
    expect(shown()).toEqual([]);
    expect(field).toHaveValue('smile\nblue');
  });

  it('marks what the prompt has already', async () => {
    await userEvent.type(open(), 'blue eyes, blue');
    await findOption('blue eyes');
    expect(screen.getByLabelText('in the prompt already')).toBeInTheDocument();
  });
});

describe('pieces that are no tags', () => {
  const names = () =>
    screen.queryAllByRole('option', { hidden: true }).map((el) => el.querySelector('.piece-name')?.textContent);

  it.each([
    ['1girl, $dre', 'Red - Dress', '1girl, $outfit:red_dress$, '],
    ['$', 'Red - Dress', '$outfit:red_dress$, '],
    ['a, <', 'ink_wash', 'a, <lora:styles/ink_wash:1>, '],
    ['<lora:even', 'evening_light', '<lora:evening_light:1>, '],
    ['embedding:ea', 'easy', 'embedding:neg/easy, '],
    ['a __col', 'color', 'a __hair/color__, '],
  ])('%s offers %s', async (typed, name, after) => {
    const field = open();
    await userEvent.type(field, typed.replaceAll(/[[{]/g, '$&$&'));
    await screen.findByText(name, { selector: '.piece-name' });
    await userEvent.keyboard('{Tab}');
    expect(field).toHaveValue(after);
    expect(asked.filter((q) => /[$<]|__/.test(q))).toEqual([]);
  });

  it('shows with every letter what fits these very letters, asking the server once', async () => {
    const field = open();
    await userEvent.type(field, '<lora:');
    await screen.findByText('detail', { selector: '.piece-name' });
    expect(names()).toHaveLength(3);
    fireEvent.input(field, { target: { value: '<lora:ev' } });
    expect(names()).toEqual(['evening_light']);
    fireEvent.input(field, { target: { value: '<lora:zzz' } });
    expect(names()).toEqual([]);
  });

  it('says nothing where the server has no such list', async () => {
    server.use(
      http.get('*/get_choices', () => HttpResponse.json({ error: 'invalid type', message: 'no' }, { status: 400 })),
    );
    await userEvent.type(open(), '<lora:e');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(names()).toEqual([]);
  });
});

it('shows nothing when the server refuses or is away', async () => {
  server.use(http.get('*/api/tags/search', () => HttpResponse.json({ error: 'x', message: 'no' }, { status: 503 })));
  const field = open();
  await userEvent.type(field, 'blue');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(shown()).toEqual([]);
  await waitFor(() => expect(field).not.toHaveAttribute('aria-controls'));
});

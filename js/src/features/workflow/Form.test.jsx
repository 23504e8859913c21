// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { WordsProvider } from '../../i18n/WordsProvider.jsx';
import { Form } from './Form.jsx';
import { useForms } from './formStore.js';

const field = (/** @type {string} */ name, /** @type {object} */ more = {}) => ({
  name,
  label: name,
  kind: 'text',
  default: '',
  multiline: true,
  role: null,
  choices: null,
  randomize: false,
  bypass: false,
  ...more,
});
const form = /** @type {any} */ ({
  workflow: 'a.json',
  fields: [
    field('Prompt'),
    field('Negative prompt'),
    field('Steps', { kind: 'integer', default: 20, min: 1, max: 50 }),
  ],
  groups: [],
  problems: [],
});

/** @param {Record<string, string>} [errors] */
function show(errors = {}) {
  const drawn = vi.fn((_field, input) => input);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <WordsProvider lang="en">
        <Form form={form} errors={errors} decorate={drawn} />
      </WordsProvider>
    </QueryClientProvider>,
  );
  return drawn;
}

beforeEach(() => useForms.setState({ workflow: null, recent: [], entries: {} }));

it('draws the field that one types in, and no other', async () => {
  const drawn = show();
  const times = (/** @type {string} */ name) => drawn.mock.calls.filter(([each]) => each.name === name).length;
  await userEvent.type(screen.getByLabelText('Prompt'), 'o');
  const before = { typed: times('Prompt'), other: times('Negative prompt') };
  await userEvent.type(screen.getByLabelText('Prompt'), 'a lake');
  expect(times('Prompt')).toBeGreaterThan(before.typed);
  expect(times('Negative prompt')).toBe(before.other);
});

it('takes an emptied number for its default, and what is beyond the limits for the nearest', async () => {
  show();
  const steps = screen.getByLabelText('Steps');
  await userEvent.clear(steps);
  await userEvent.type(steps, '900{Enter}');
  expect(steps).toHaveValue('50');
  await userEvent.clear(steps);
  await userEvent.tab();
  expect(steps).toHaveValue('20');
  expect(useForms.getState().entries['a.json']?.values).toEqual({});
});

it('says at its field what is wrong, aloud', () => {
  show({ Steps: 'Too many for this model.' });
  expect(screen.getByRole('alert')).toHaveTextContent('Too many for this model.');
});

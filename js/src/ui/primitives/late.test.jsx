// @vitest-environment jsdom
import { render as draw, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { WordsProvider } from '../../i18n/WordsProvider.jsx';
import { late } from './late.jsx';
import { LateFrame } from './LateFrame.jsx';

/** @typedef {{ title: string, onClose: () => void }} Props */

/** @param {React.ReactNode} what */
const render = (what) => draw(<WordsProvider lang="en">{what}</WordsProvider>);

/** @param {() => Promise<React.ComponentType<Props>>} load */
const part = (load) => late(load, LateFrame);
const Here = (/** @type {Props} */ { title }) => <p>{title} is here</p>;

it('stands in the place of what is fetched at once, by its name, and closes', async () => {
  const Part = part(() => new Promise(() => {}));
  const onClose = vi.fn();
  render(<Part title="Runs" onClose={onClose} />);
  expect(screen.getByRole('dialog', { name: 'Runs' })).toHaveAttribute('aria-busy', 'true');
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledTimes(2);
});

it('says that the code could not be had, and Retry brings it', async () => {
  const load = vi.fn(async () => Here).mockRejectedValueOnce(new TypeError('Failed to fetch'));
  const Part = part(load);
  render(<Part title="Runs" onClose={() => {}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This part could not be fetched');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Runs is here')).toBeVisible();
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('is drawn without any waiting the next time', async () => {
  const Part = part(async () => Here);
  const first = render(<Part title="Runs" onClose={() => {}} />);
  await screen.findByText('Runs is here');
  first.unmount();
  render(<Part title="Presets" onClose={() => {}} />);
  expect(screen.getByText('Presets is here')).toBeVisible();
});

// @vitest-environment jsdom
/** @import { Picture } from '../../services/apiTypes.js' */
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Tile } from './Tile.jsx';

const PLACE = { index: 0, width: 192, paused: false, chosen: undefined, active: false, lang: 'en' };

/** @param {string} filename @param {string} kind */
const item = (filename, kind) =>
  /** @type {Picture} */ (
    /** @type {unknown} */ ({ id: filename, filename, kind, mtime: 1, thumb: 'thumb?filename=x&v=1' })
  );

it('names a sound, whose picture says nothing of it', () => {
  render(<Tile {...PLACE} item={item('rain.wav', 'audio')} />);
  expect(screen.getByText('rain.wav')).toBeVisible();
});

it.each(['image', 'video'])('shows no name over an item of kind %s', (kind) => {
  render(<Tile {...PLACE} item={item('rain.png', kind)} />);
  expect(screen.queryByText('rain.png')).toBeNull();
});

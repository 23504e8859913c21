// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { actionOf } from './shortcuts.js';

/** @param {string} key @param {object} [more] */
const press = (key, more) =>
  actionOf({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    target: document.body,
    defaultPrevented: false,
    ...more,
  });

it('leads to the pages, to the help, and runs', () => {
  expect(press('3')).toBe('/gallery');
  expect(press('?')).toBe('help');
  expect(press('Enter', { ctrlKey: true })).toBe('run');
});

it.each(['input', 'textarea', 'select'])('leaves the keys of a %s alone', (tag) => {
  expect(press('3', { target: document.createElement(tag) })).toBeNull();
});

it('leaves alone what lies on top, what the browser knows, and what was dealt with', () => {
  const dialog = document.createElement('div');
  dialog.setAttribute('role', 'dialog');
  expect(press('h', { target: dialog })).toBeNull();
  expect(press('1', { ctrlKey: true })).toBeNull();
  expect(press('?', { defaultPrevented: true })).toBeNull();
  expect(press('x')).toBeNull();
});

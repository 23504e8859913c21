import { expect, it } from 'vitest';
import { de } from './de.js';
import { en } from './en.js';
import { firstLanguage } from './languages.js';
import { translate } from './translate.js';

it('counts in each language', () => {
  expect(translate('de', de, 'gallery.count', { count: 1 })).toBe('1 Eintrag');
  expect(translate('de', de, 'gallery.count', { count: 1234 })).toBe('1.234 Einträge');
  expect(translate('en', en, 'gallery.count', { count: 1234 })).toBe('1,234 items');
});

it('has every text in every language, with the same places in it', () => {
  const places = (/** @type {unknown} */ text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort();
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en))
    expect(places(de[/** @type {keyof typeof en} */ (key)]), key).toEqual(places(text));
});

it.each([
  ['de', ['en'], 'de'],
  ['xx', ['fr', 'de-AT'], 'de'],
  [null, ['fr'], 'en'],
])('chosen %s, wanted %j: %s', (chosen, wanted, lang) => {
  expect(firstLanguage(chosen, wanted)).toBe(lang);
});

// docs/app-checklist.md names tests, journeys and scenes: each must exist, under this very name.
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const page = fs.readFileSync(path.join(ROOT, 'docs/app-checklist.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (---|done|state|  *\||\|)/.test(line));

/** @param {string} folder @param {RegExp} kind @returns {string[]} files anywhere below it */
const filesIn = (folder, kind) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => kind.test(name) && !name.includes('node_modules'))
    .map((name) => path.join(folder, name));

const read = (/** @type {string} */ file) => fs.readFileSync(path.join(ROOT, file), 'utf8');
const browser = filesIn('js/e2e', /\.mjs$/)
  .map(read)
  .join('\n');
const units = [...filesIn('js/src', /\.test\.jsx?$/), ...filesIn('js/test', /\.test\.js$/)];

/** @param {string} reference @returns {boolean} whether there is such a thing */
function exists(reference) {
  const [kind = '', words = ''] = reference.split(/: (.*)/s);
  if (kind === 'journey') return browser.includes(`\n  '${words}`);
  if (kind === 'scene') return new RegExp(`^  '?${words}'?: \\{ ?`, 'm').test(browser);
  if (kind.startsWith('tests/')) {
    const [file = '', test] = kind.split('::');
    return fs.existsSync(path.join(ROOT, file)) && (!test || new RegExp(`def ${test}\\(`).test(read(file)));
  }
  const file = units.find((each) => path.basename(each) === kind);
  return file !== undefined && read(file).includes(words);
}

/** @param {string} line */
const referencesIn = (line) =>
  [...line.matchAll(/`([^`]+)`/g)]
    .map(([, text = '']) => text)
    .filter((text) => /^(journey|scene): |\.test\.jsx?(:|$)|^tests\//.test(text));

it('has every item: what was there, the 35 mistakes, the states of bad input', () => {
  expect(rows.length).toBeGreaterThanOrEqual(12 + 11 + 35 + 15);
  for (let mistake = 1; mistake <= 35; mistake++) expect(page).toContain(`\n| ${mistake} | `);
});

it.each(rows.map((row) => [row.slice(0, 60), row]))('%s… names what holds it', (_start, row) => {
  const references = referencesIn(row);
  expect(references.length).toBeGreaterThan(0);
  expect(references.filter((reference) => !exists(reference))).toEqual([]);
});

it('would notice a name that is none', () => {
  for (const none of ['journey: flies to the moon', 'scene: moon', 'moon.test.js: x', 'tests/moon.py::test_x'])
    expect(exists(none)).toBe(false);
});

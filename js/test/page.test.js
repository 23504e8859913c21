// The page that everything else is loaded by.
import fs from 'node:fs';
import { expect, it } from 'vitest';

const page = fs.readFileSync(new URL('../index.html', import.meta.url), 'utf8');

it('never forbids to zoom', () => {
  expect(page).toMatch(/name="viewport"/);
  expect(page).not.toMatch(/maximum-scale|user-scalable|minimum-scale/);
});

it('tells its language, and has a title before the first script ran', () => {
  expect(page).toMatch(/<html lang="en"/);
  expect(page).toMatch(/<title>CozyGen<\/title>/);
});

// Makes the page whole: the styles, the script that runs first (worker/boot.js with the files of every page) and the
// navigation are written into it, so that it shows something, and asks for everything, after a single round trip.
import { readFileSync } from 'node:fs';
import { transformWithOxc } from 'vite';
import { shellMarkup } from './shell.mjs';

/** The pages that are opened from outside, and the module that draws each. */
const PAGES = {
  '/studio': 'HomePage',
  '/controls': 'CreatePage',
  '/compose': 'ComposePage',
  '/gallery': 'GalleryPage',
  '/library': 'LibraryPage',
  '/settings': 'SettingsPage',
  '/login': 'LoginPage',
};

/** @typedef {import('vite').Rollup.OutputBundle} Bundle */

/** @param {Bundle} bundle @param {string} file @param {Set<string>} known what the page loads anyway */
function filesOf(bundle, file, known) {
  const chunk = bundle[file];
  if (known.has(file) || chunk?.type !== 'chunk') return known;
  known.add(file);
  for (const each of chunk.imports) filesOf(bundle, each, known);
  return known;
}

/** @param {Bundle} bundle */
function pageFiles(bundle) {
  const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
  const entry = chunks.find((each) => each.isEntry);
  if (!entry) throw new Error('the build has no entry');
  const first = filesOf(bundle, entry.fileName, new Set());
  const tangled = [...first].find((file) => {
    const chunk = bundle[file];
    return chunk?.type === 'chunk' && chunk.imports.includes(entry.fileName);
  });
  if (tangled) throw new Error(`${tangled} and the entry need each other: see scripts/chunks.mjs`);
  return Object.fromEntries(
    Object.entries(PAGES).map(([route, name]) => {
      const page = chunks.find((each) => each.facadeModuleId?.endsWith(`/pages/${name}.jsx`));
      if (!page) throw new Error(`the build has no ${name}`);
      const files = filesOf(bundle, page.fileName, new Set(first));
      return [route, [...files].filter((file) => !first.has(file))];
    }),
  );
}

/** @param {Bundle} bundle takes the styles out of it */
function takeStyles(bundle) {
  const sheets = Object.values(bundle).filter((each) => each.type === 'asset' && each.fileName.endsWith('.css'));
  const text = sheets.map((each) => (each.type === 'asset' ? String(each.source) : '')).join('\n');
  for (const { fileName } of sheets) delete bundle[fileName];
  if (text.includes('</')) throw new Error('a style would end the page');
  return text;
}

/** @param {Bundle} bundle */
async function script(bundle) {
  const source = readFileSync(new URL('../worker/boot.js', import.meta.url), 'utf8');
  const filled = source.replace('__FILES__', JSON.stringify(pageFiles(bundle)));
  const { code } = await transformWithOxc(filled, 'boot.js', { lang: 'js' });
  if (code.includes('</')) throw new Error('the script would end itself');
  return code;
}

/** @returns {import('vite').Plugin} */
export function bootScript() {
  return {
    name: 'cozygen-boot',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build has no page');
        const head = `<style>${takeStyles(bundle)}</style>\n    <script>${await script(bundle)}</script>`;
        page.source = String(page.source)
          .replace(/\s*<link rel="stylesheet"[^>]*>/g, '')
          .replace('<script type="module"', () => `${head}\n    <script type="module"`)
          .replace('<div id="root"></div>', () => `<div id="root">${shellMarkup()}</div>`);
      },
    },
  };
}

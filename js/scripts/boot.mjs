// Writes the script that the page runs first: worker/boot.js with the files of every page's own chunk.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformWithOxc } from 'vite';

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
  for (const css of chunk.viteMetadata?.importedCss ?? []) known.add(css);
  for (const each of chunk.imports) filesOf(bundle, each, known);
  return known;
}

/** @param {Bundle} bundle */
function pageFiles(bundle) {
  const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
  const entry = chunks.find((each) => each.isEntry);
  if (!entry) throw new Error('the build has no entry');
  const first = filesOf(bundle, entry.fileName, new Set());
  return Object.fromEntries(
    Object.entries(PAGES).map(([route, name]) => {
      const page = chunks.find((each) => each.facadeModuleId?.endsWith(`/pages/${name}.jsx`));
      if (!page) throw new Error(`the build has no ${name}`);
      const files = filesOf(bundle, page.fileName, new Set(first));
      return [route, [...files].filter((file) => !first.has(file))];
    }),
  );
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
        const source = readFileSync(new URL('../worker/boot.js', import.meta.url), 'utf8');
        const filled = source.replace('__FILES__', JSON.stringify(pageFiles(bundle)));
        const { code } = await transformWithOxc(filled, 'boot.js', { lang: 'js' });
        const fileName = `assets/boot-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
        this.emitFile({ type: 'asset', fileName, source: code });
        const tag = `<script src="./${fileName}"></script>\n    <script type="module"`;
        page.source = String(page.source).replace('<script type="module"', tag);
      },
    },
  };
}

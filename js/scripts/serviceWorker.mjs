// Writes dist/sw.js: worker/sw.js with the names of all built files and a name for this build.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformWithOxc } from 'vite';

const KEPT = /\.(js|css|svg|png|webmanifest)$/;
const BESIDE = ['index.html', 'manifest.webmanifest', 'icons/icon.svg', 'icons/icon-192.png'];

/** @returns {import('vite').Plugin} */
export function serviceWorker() {
  return {
    name: 'cozygen-service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const built = Object.keys(bundle).filter((name) => KEPT.test(name));
        const hash = createHash('sha256');
        const page = bundle['index.html'];
        hash.update(page?.type === 'asset' ? page.source : '');
        for (const name of built.sort()) hash.update(name); // a name holds the hash of what is in the file
        const source = readFileSync(new URL('../worker/sw.js', import.meta.url), 'utf8')
          .replace('__BUILD__', hash.digest('hex').slice(0, 12))
          .replace('__FILES__', JSON.stringify([...BESIDE, ...built]));
        const { code } = await transformWithOxc(source, 'sw.js', { lang: 'js' });
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: code });
      },
    },
  };
}

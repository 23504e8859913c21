// What a browser must load before the first page is usable: the page with the styles in it, the entry, its static
// imports and the chunk of the first page, as gzip -9. Fails above the limit of performance.md F13.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const LIMIT = 180_000;
const FIRST = ['index.html', 'src/app/pages/GalleryPage.jsx'];
/** @type {Record<string, { file: string, imports?: string[] }>} */
const manifest = JSON.parse(fs.readFileSync('dist/.vite/manifest.json', 'utf8'));
/** @type {Set<string>} */
const files = new Set(['index.html']);

/** @param {string} key */
function visit(key) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`not in the build: ${key}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  (chunk.imports ?? []).forEach(visit);
}

FIRST.forEach(visit);
let sum = 0;
for (const file of files) {
  const size = zlib.gzipSync(fs.readFileSync(path.join('dist', file)), { level: 9 }).length;
  sum += size;
  console.log(String(size).padStart(8), file);
}
console.log(String(sum).padStart(8), `first load, limit ${LIMIT}`);
if (sum > LIMIT) process.exit(1);

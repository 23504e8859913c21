// aiohttp serves NAME.br or NAME.gz by itself when it lies beside the file and the client accepts it; browsers accept br
// from https and this machine alone.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

for (const name of fs.readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|css|html|svg|json|webmanifest)$/.test(name)) continue;
  const file = path.join('dist', name);
  const raw = fs.readFileSync(file);
  if (raw.length <= 1024) continue;
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(raw, { level: 9 }));
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(raw)); // the highest quality is what it does by itself
}

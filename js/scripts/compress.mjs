// aiohttp serves NAME.gz by itself when it lies beside the file and the client accepts gzip.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

for (const name of fs.readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|css|html|svg|json|webmanifest)$/.test(name)) continue;
  const file = path.join('dist', name);
  const raw = fs.readFileSync(file);
  if (raw.length > 1024) fs.writeFileSync(`${file}.gz`, zlib.gzipSync(raw, { level: 9 }));
}

// Makes lists of thumbnails with sharp and prints the CPU seconds of each list.
import readline from 'node:readline';
import sharp from 'sharp';

sharp.concurrency(1);
sharp.cache(false);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { paths, width } = JSON.parse(line);
  const start = process.cpuUsage();
  for (const path of paths) {
    await sharp(path)
      .resize(width, width, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 85 })
      .toBuffer();
  }
  const used = process.cpuUsage(start);
  console.log((used.user + used.system) / 1e6);
}

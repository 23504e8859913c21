// The real server of this checkout on its sample library, where `make` has built both.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;
const PROGRAM = path.join(ROOT, '.venv/bin/cozygen');
const SAMPLES = path.join(ROOT, '.build/samples');

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });

/** @returns {Promise<{ url: string, output: string, close: () => void } | null>} null where it is not built */
export async function startHouseServer() {
  if (!fs.existsSync(PROGRAM) || !fs.existsSync(path.join(SAMPLES, 'output'))) return null;
  const port = await freePort();
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'cozygen-e2e-'));
  // A copy: a run writes pictures, and the samples stay as they were drawn.
  fs.cpSync(SAMPLES, path.join(data, 'samples'), { recursive: true, preserveTimestamps: true });
  const folders = ['output', 'input', 'workflows'].flatMap((kind) => [
    `--${kind}-dir`,
    path.join(data, 'samples', kind),
  ]);
  folders.push('--data-dir', path.join(data, 'data'));
  const server = spawn(PROGRAM, ['serve', '--port', String(port), ...folders], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => String(text).includes('ready') && resolve(null));
    server.on('exit', (code) => reject(new Error(`cozygen serve ended with ${code}`)));
  });
  const close = () => {
    server.kill('SIGTERM');
    fs.rmSync(data, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}/cozygen/`, output: path.join(data, 'samples/output'), close };
}

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fewFiles } from './scripts/chunks.mjs';
import { bootScript } from './scripts/boot.mjs';
import { serviceWorker } from './scripts/serviceWorker.mjs';

const house = process.env.COZYGEN_URL ?? 'http://127.0.0.1:8189';

/** While developing, everything that is not the app itself is asked of a running CozyGen. */
const proxy = Object.fromEntries(
  ['/api', '/thumb', '/media', '/hello', '/input', '/workflows', '/get_choices', '/upload_image'].map((path) => [
    path,
    { target: house, rewrite: (/** @type {string} */ url) => `/cozygen${url}` },
  ]),
);

export default defineConfig({
  base: './',
  plugins: [react(), bootScript(), serviceWorker()],
  build: {
    target: ['es2022', 'safari16.4', 'chrome111', 'firefox121'],
    outDir: 'dist',
    assetsDir: 'assets',
    manifest: true,
    reportCompressedSize: false,
    cssCodeSplit: false, // it is written into the page
    rolldownOptions: { output: { codeSplitting: fewFiles(fileURLToPath(new URL('index.html', import.meta.url))) } },
  },
  server: { host: '127.0.0.1', proxy },
});

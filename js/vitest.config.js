import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    // Files that need a page say so in their first line; a page costs seconds.
    environment: 'node',
    environmentOptions: { jsdom: { url: 'http://localhost:3000/cozygen/' } },
    setupFiles: ['test/setup.js'],
    include: ['src/**/*.test.{js,jsx}', 'eslint/**/*.test.js', 'test/**/*.test.js'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});

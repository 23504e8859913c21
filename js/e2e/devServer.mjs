// The app as one develops it, in front of another server: for the page of all parts, which a built app has not.

/** @param {string} behind the address of the server that answers for data */
export async function startDevServer(behind) {
  process.env.COZYGEN_URL = new URL(behind).origin;
  const { createServer } = await import('vite');
  const root = new URL('..', import.meta.url).pathname;
  const dev = await createServer({ root, logLevel: 'error', server: { port: 4500, strictPort: false, hmr: false } });
  await dev.listen();
  const [url] = dev.resolvedUrls?.local ?? [];
  if (!url) throw new Error('The development server has no address.');
  return { url, close: () => dev.close() };
}

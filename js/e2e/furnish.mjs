// Puts into a fresh server what a person who has used it for a while would have.

const SKETCH = 'Sketch a landscape.json';

/** @param {string} url @param {string} path @param {string} method @param {unknown} [body] @param {Record<string, string>} [headers] */
async function send(url, path, method, body, headers = {}) {
  const reply = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** @param {string} url */
async function allRunsOver(url) {
  for (let tries = 0; tries < 300; tries++) {
    const { runs } = await send(url, 'api/runs', 'GET');
    if (runs.every((/** @type {{ state: string }} */ { state }) => !['queued', 'running'].includes(state))) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the runs do not end');
}

/** @param {string} url of `cozygen serve` on the samples */
export async function furnish(url) {
  const once = { 'if-none-match': '*' };
  await send(
    url,
    'api/aliases/place::harbour',
    'PUT',
    { text: 'old harbour, fishing boats, gulls', category: 'place' },
    once,
  );
  await send(
    url,
    'api/aliases/light::dusk',
    'PUT',
    { text: 'warm dusk, long shadows, soft haze', category: 'light' },
    once,
  );
  await send(
    url,
    'api/aliases/light::storm',
    'PUT',
    { text: 'storm light, torn clouds, rain in the distance', category: 'light' },
    once,
  );
  await send(
    url,
    'api/aliases/look::gouache',
    'PUT',
    { text: 'gouache, flat shapes, paper grain', category: 'look' },
    once,
  );
  const preset = (/** @type {string} */ name, /** @type {object} */ values) =>
    send(url, 'api/workflow_presets', 'POST', { workflow: SKETCH, preset: { name, values } });
  await preset('Evening over the lake', { Prompt: 'a calm lake at evening, reeds, low sun', Steps: 24 });
  await preset('Quick draft', { Steps: 6 });
  await preset('Tall, for the phone', { Width: 512, Height: 768 });
  await send(url, 'api/workflow_pins', 'PUT', { workflows: [SKETCH, 'pictures/Invert a picture.json'] }, once).catch(
    () => send(url, 'api/workflow_pins', 'PUT', { workflows: [SKETCH] }),
  );
  const prompts = [
    'a lighthouse on a cliff, storm light, torn clouds',
    'snowy mountains above a pine forest, clear morning',
    'dunes under a wide sky, first light',
    'a quiet valley at dusk, layered hills, warm low sun',
  ];
  for (const [i, Prompt] of prompts.entries())
    await send(url, 'api/queue', 'POST', {
      workflow: SKETCH,
      values: { Prompt, Seed: 41 + i, Steps: 4 },
      count: i === 1 ? 3 : 1,
    });
  await allRunsOver(url);
}

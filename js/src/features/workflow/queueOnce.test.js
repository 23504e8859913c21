// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { queueOnce } from './queueOnce.js';

const ORDER = { workflow: 'a.json', values: { Steps: 4 }, bypassed: [], seeds: {}, count: 1 };
const taken = () => Response.json({ runs: [], warnings: [] });

/** @param {(() => Response)[]} answers one for each order @returns {Promise<string[]>} the keys that were sent */
async function keysFor(...answers) {
  const fetch = vi.fn();
  for (const answer of answers) fetch.mockImplementationOnce(async () => answer());
  vi.stubGlobal('fetch', fetch);
  for (const _ of answers) await queueOnce(ORDER).catch(() => null);
  return fetch.mock.calls.map(([, { body }]) => JSON.parse(body).idempotency_key);
}

const lost = () => {
  throw new TypeError('Failed to fetch');
};

afterEach(() => vi.unstubAllGlobals());

test('two taps that are answered are two runs', async () => {
  const [first, second] = await keysFor(taken, taken);
  expect(first).not.toBe(second);
});

test.each([
  ['the network was gone', lost],
  ['a proxy gave up', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ['the host was not sure', () => Response.json({ error: 'host_down', message: 'gone' }, { status: 503 })],
])('a second tap after a lost answer is the same run: %s', async (_, answer) => {
  const [first, second, third] = await keysFor(answer, taken, taken);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('it stays the same run however often the answer is lost', async () => {
  const keys = await keysFor(lost, lost, lost, taken);
  expect(new Set(keys).size).toBe(1);
});

test('an order that was refused is a new one when it is sent again', async () => {
  const refused = () => Response.json({ error: 'invalid_values', message: 'no' }, { status: 422 });
  const [first, second] = await keysFor(refused, taken);
  expect(first).not.toBe(second);
});

test('another order after a lost answer is another run', async () => {
  const [first] = await keysFor(lost);
  const bodies = /** @type {any[]} */ ([]);
  vi.stubGlobal('fetch', async (/** @type {string} */ _url, /** @type {RequestInit} */ { body }) => {
    bodies.push(JSON.parse(String(body)));
    return taken();
  });
  await queueOnce({ ...ORDER, values: { Steps: 5 } });
  expect(bodies[0].idempotency_key).not.toBe(first);
});

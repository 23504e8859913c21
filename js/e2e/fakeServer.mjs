// A stand-in for `cozygen serve` with a library of any size, for measuring the app without a disk full of files.
// It speaks docs/api.md for what the gallery asks, and draws its pictures from their number.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { WARMING_OFF } from '../test/warming.js';
import { documentAnswer } from './fakeDocuments.mjs';
import { formOf, WORKFLOWS } from './fakeForms.mjs';
import { blur, noise, thumbnail } from './fakePictures.mjs';
import { tagAnswer } from './fakeTags.mjs';
import { Troubles } from './fakeTrouble.mjs';

const DIST = new URL('../dist/', import.meta.url);
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
const NEWEST = Date.UTC(2026, 10, 20, 18) / 1000;
const FOLDERS = ['CozyGen', 'portraits', 'landscapes', 'video', 'tests'];

/** @param {number} i counted from the oldest @param {number} total of the first day */
const timeOf = (i, total) => NEWEST - (total - i) * 5400;

/** @param {number} i counted from the oldest @param {number} total of the first day */
function picture(i, total = 0) {
  const wide = noise(i) > 0.6;
  const kind = noise(i + 0.3) > 0.94 ? 'video' : 'image';
  const filename = `${kind === 'video' ? 'clip' : 'sketch'}_${String(i).padStart(7, '0')}.${kind === 'video' ? 'mp4' : 'png'}`;
  return {
    id: `p${i}`,
    filename,
    subfolder: FOLDERS[i % FOLDERS.length],
    type: 'output',
    mtime: timeOf(i, total),
    kind,
    size: 1_200_000 + Math.floor(noise(i + 0.1) * 900_000),
    width: wide ? 1216 : 832,
    height: wide ? 832 : 1216,
    ...(kind === 'video' && { duration: 2 + (i % 9) }),
    thumb: `thumb?i=${i}&v=1`,
    url: `media/p${i}?v=1`,
    blur: blur(i, wide ? 832 / 1216 : 1216 / 832),
  };
}

/** @param {number} i @param {number} w @param {number} h a hill landscape */
function scene(i, w, h) {
  const hue = Math.floor(noise(i + 1) * 360);
  const sky = `hsl(${hue} ${30 + noise(i + 2) * 40}% ${25 + noise(i + 3) * 55}%)`;
  const low = `hsl(${(hue + 40) % 360} 60% ${60 + noise(i + 4) * 25}%)`;
  const hills = [0, 1, 2].map((k) => {
    const y = 45 + k * 16 + noise(i + k + 5) * 14;
    const fill = `hsl(${(hue + 170 + k * 12) % 360} ${22 + k * 6}% ${38 - k * 11}%)`;
    return `<path fill="${fill}" d="M0 ${y} C 25 ${y - 26 * noise(i + k)} 45 ${y + 14} 65 ${y - 8} S 95 ${y + 8} 100 ${y - 4} V100 H0Z"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 100 100" preserveAspectRatio="none"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${sky}"/><stop offset="1" stop-color="${low}"/></linearGradient></defs><rect width="100" height="100" fill="url(#g)"/><circle cx="${20 + noise(i + 9) * 60}" cy="${18 + noise(i + 8) * 24}" r="${4 + noise(i + 7) * 7}" fill="#fff6dc" opacity=".9"/>${hills.join('')}</svg>`;
}

const META = {
  has_prompt: true,
  prompt:
    'a quiet valley at dusk, layered hills, warm low sun, soft haze, painterly light, wide view, (film grain:0.6), masterpiece',
  negative: 'lowres, blurry, watermark, text',
  model: 'cozyXL_v31.safetensors',
  models: ['cozyXL_v31.safetensors'],
  loras: ['styles/evening_light', 'add_detail'],
  lora_strengths: { 'styles/evening_light': 0.8, add_detail: 0.45 },
  seed: '15203367948231054',
  sampler: 'dpmpp_2m',
  scheduler: 'karras',
  steps: 28,
  cfg: 5.5,
  source: 'comfyui',
};

/** The library: pictures are numbered from the oldest; a generation is a number of pictures, less those that went. */
class Library {
  /** @param {number} total */
  constructor(total) {
    this.base = total;
    /** @type {number[][]} snapshots of what differs from 0 … base-1: [added, ...removed] */
    this.states = [[0]];
  }

  get now() {
    return this.states.length - 1;
  }

  /** @param {number} generation @param {string} folder the numbers of a listing, newest first, by place */
  listing(generation, folder) {
    const [added = 0, ...removed] = this.states[generation] ?? [];
    const all = this.base + added;
    const gone = [...removed].sort((a, b) => b - a);
    const step = folder ? FOLDERS.length : 1;
    const rest = FOLDERS.indexOf(folder);
    const last = folder ? all - 1 - ((((all - 1 - rest) % step) + step) % step) : all - 1;
    const count = folder ? Math.max(0, Math.floor(last / step) + 1) : all - gone.length;
    const at = (/** @type {number} */ place) => {
      let i = last - place * step;
      if (!folder) for (const g of gone) if (g >= i) i -= 1;
      return i;
    };
    return { count, at };
  }

  /** @param {URLSearchParams} q */
  page(q) {
    const folder = q.get('subfolder') ?? '';
    if (q.get('recursive') !== '1') {
      const items = folder ? [] : FOLDERS.map((f) => ({ filename: f, type: 'directory', subfolder: f, mtime: NEWEST }));
      return { items, page: 1, per_page: 500, total_pages: 1, total_items: items.length };
    }
    const generation = Number(q.get('generation') ?? this.now);
    const { count, at } = this.listing(generation, folder);
    const limit = Number(q.get('limit') ?? 60);
    let offset = Number(q.get('offset') ?? 0);
    const around = q.get('around');
    if (around) {
      const wanted = Number(around.slice(1));
      offset = 0;
      while (offset < count - 1 && at(offset) > wanted) offset += 1;
    }
    const items = [];
    for (let k = offset; k < Math.min(count, offset + limit); k++) items.push(picture(at(k), this.base));
    return {
      items,
      page: 1,
      per_page: limit,
      total_pages: Math.ceil(count / limit),
      total_items: count,
      total_is_exact: true,
      offset,
      generation,
    };
  }

  /** @param {URLSearchParams} q */
  timeline(q) {
    const { count, at } = this.listing(this.now, q.get('subfolder') ?? '');
    /** @type {{ month: string, count: number, offset: number }[]} */
    const months = [];
    for (let k = 0; k < count; k++) {
      const month = new Date(timeOf(at(k), this.base) * 1000).toISOString().slice(0, 7);
      const last = months.at(-1);
      if (last?.month === month) last.count += 1;
      else months.push({ month, count: 1, offset: k });
    }
    return { months, total: count };
  }

  /** @param {number} count of new pictures @param {number[]} [removed] numbers of those that go */
  change(count, removed = []) {
    const [added = 0, ...gone] = this.states[this.now] ?? [];
    this.states.push([added + count, ...gone, ...removed]);
    const name = (/** @type {string} */ what, /** @type {number} */ i) => [what, `p${i}`, picture(i).subfolder, NEWEST];
    const files = [
      ...Array.from({ length: count }, (_, k) => name('created', this.base + added + k)),
      ...removed.map((i) => name('removed', i)),
    ];
    return { type: 'output', generation: this.now, files, folders: [], reset: false };
  }
}

/**
 * @param {{ total?: number, delay?: number }} [options] items in the library; ms before every answer
 */
export async function startFakeServer({ total = 100_000, delay = 0 } = {}) {
  const library = new Library(total);
  const troubles = new Troubles();
  /** @type {any[]} */
  const runs = [];
  /** @type {Set<http.ServerResponse>} */
  const streams = new Set();
  const server = http.createServer((req, res) => setTimeout(() => answer(req, res), delay));
  /** @param {http.IncomingMessage} req @param {http.ServerResponse} res */
  function answer(req, res) {
    const url = new URL(req.url ?? '/', 'http://x');
    const send = (/** @type {unknown} */ body, status = 200) => {
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(body));
    };
    const route = url.pathname.replace(/^\/cozygen\//, '');
    if (troubles.answers(req, res, route)) return undefined;
    if (route === 'api/auth_status') return send({ authenticated: false, user: null, auth_enabled: false });
    if (route === 'api/gallery') return send(library.page(url.searchParams));
    if (route === 'workflows') return send(WORKFLOWS);
    if (route.endsWith('/form'))
      return send(formOf(decodeURIComponent(route.slice('api/workflows/'.length, -'/form'.length))));
    if (route === 'api/runs') return send({ runs });
    if (route === 'api/thumbs/warming') return send(WARMING_OFF);
    const tags = tagAnswer(req.method ?? 'GET', route, url.searchParams);
    if (tags) {
      req.resume();
      setTimeout(() => send(tags.body), tags.delay);
      return undefined;
    }
    const document = documentAnswer(req.method ?? 'GET', route);
    if (document) {
      req.resume();
      res.setHeader('etag', '"1"');
      return send(document);
    }
    if (route === 'api/queue') {
      let text = '';
      req.on('data', (piece) => (text += piece));
      req.on('end', () => {
        const body = JSON.parse(text);
        if (body.values.Width === 4096)
          return send(
            {
              error: 'invalid_values',
              message: 'Some values cannot be used.',
              details: { fields: { Width: ['Too wide for this model.'] } },
            },
            422,
          );
        const run = {
          run_id: `r${runs.length + 1}`,
          prompt_id: 'x',
          state: 'running',
          workflow: body.workflow,
          title: 'sketch',
          values: body.values,
          created: 1,
          started: 1,
          finished: null,
          progress: 0.4,
          node: 'KSampler',
          outputs: [],
        };
        runs.unshift(run);
        return send({ runs: [{ ...run, number: 1 }], warnings: [] });
      });
      return undefined;
    }
    if (/^api\/runs\/.*\/cancel$/.test(route)) {
      for (const run of runs) if (route.includes(`/${run.run_id}/`)) run.state = 'cancelled';
      return send({ ok: true });
    }
    if (route === 'api/gallery/timeline') return send(library.timeline(url.searchParams));
    if (route === 'api/events') {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(':ok\n\nretry: 2000\n\n');
      streams.add(res);
      req.on('close', () => streams.delete(res));
      return undefined;
    }
    if (route.startsWith('api/gallery/item/'))
      return send({ ...picture(Number(route.slice('api/gallery/item/p'.length)), total), meta: META });
    if (route === 'thumb' || route.startsWith('media/')) {
      const i = Number(url.searchParams.get('i') ?? route.slice('media/p'.length));
      const item = picture(i);
      const w = Number(url.searchParams.get('w') ?? item.width);
      const drawn = route !== 'thumb';
      res.writeHead(200, { 'content-type': drawn ? 'image/svg+xml' : 'image/png', 'cache-control': 'max-age=3600' });
      if (!drawn) return res.end(thumbnail(i, w, item.height / item.width));
      return res.end(scene(i, w, Math.round((w * item.height) / item.width)));
    }
    if (route.startsWith('api/')) return send({ error: 'not_found', message: 'There is no such endpoint.' }, 404);
    const file = new URL(route || 'index.html', DIST);
    if (!fs.existsSync(file)) return send({ error: 'not_found', message: 'There is no such file.' }, 404);
    res.writeHead(200, {
      'content-type':
        /** @type {Record<string, string>} */ (TYPES)[path.extname(file.pathname)] ?? 'application/octet-stream',
    });
    res.end(fs.readFileSync(file));
  }
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/cozygen/`,
    close: () => server.close(),
    troubles,
    /** Forgets the runs that were queued. */
    forget: () => void runs.splice(0),
    /** @param {number} count of new pictures @param {number[]} [removed] numbers of those that go */
    change: (count, removed) => {
      const event = `id: x-${library.now + 1}\nevent: changes\ndata: ${JSON.stringify(library.change(count, removed))}\n\n`;
      streams.forEach((stream) => stream.write(event));
    },
  };
}

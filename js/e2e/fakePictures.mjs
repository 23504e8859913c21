// Hill landscapes drawn from a number: thumbnails as real PNG files, because browsers decode those beside the
// main thread as they do JPEG, and a drawing (SVG) on it. The stand-in's large pictures stay drawings.
import { rgbaToThumbHash } from 'thumbhash';
import zlib from 'node:zlib';

/** As many different thumbnails are drawn; the library repeats them. */
const DIFFERENT = 48;
/** @type {Map<string, Buffer>} */
const drawn = new Map();

/** @param {number} n a repeatable number in [0, 1) */
export const noise = (n) => {
  const x = Math.sin(n * 127.1 + 311.7) * 43758.5453;
  return x - Math.floor(x);
};

/** @param {number} h degrees @param {number} s @param {number} l both 0 to 1 */
function rgb(h, s, l) {
  const a = s * Math.min(l, 1 - l);
  return [0, 8, 4].map((n) => {
    const k = (n + h / 30) % 12;
    return Math.round(255 * (l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  });
}

/** @param {string} kind @param {Buffer} body */
function chunk(kind, body) {
  const name = Buffer.from(kind);
  const size = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  sum.writeUInt32BE(zlib.crc32(body, zlib.crc32(name)));
  return Buffer.concat([size, name, body, sum]);
}

/** @param {number} width @param {number} height @param {Buffer} rows each with its filter byte */
export function png(width, height, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', zlib.deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {number} i @param {number} width @param {number} height */
const draw = (i, width, height) => png(width, height, paint(i, width, height));

/** Rows of RGB, each after a filter byte. @param {number} i @param {number} width @param {number} height */
function paint(i, width, height) {
  const hue = noise(i + 1) * 360;
  const sky = rgb(hue, 0.3 + noise(i + 2) * 0.4, 0.25 + noise(i + 3) * 0.55);
  const low = rgb((hue + 40) % 360, 0.6, 0.6 + noise(i + 4) * 0.25);
  const hills = [0, 1, 2].map((k) => ({
    at: 0.45 + k * 0.16 + noise(i + k + 5) * 0.14,
    wave: 2 + noise(i + k) * 5,
    colour: rgb((hue + 170 + k * 12) % 360, 0.22 + k * 0.06, 0.38 - k * 0.11),
  }));
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let x = 0; x < width; x++) {
    const tops = hills.map(({ at, wave }, k) => height * (at + 0.05 * Math.sin(k + (x / width) * wave)));
    for (let y = 0; y < height; y++) {
      const hill = tops.findLastIndex((top) => y >= top);
      const part = y / height;
      const colour =
        hills[hill]?.colour ?? sky.map((from, c) => Math.round(from + ((low[c] ?? 0) - from) * part * part));
      rows.set(colour, y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  return rows;
}

/** @type {Map<string, Uint8Array>} */
const hashes = new Map();

/**
 * A blurred stand-in, a little different for every picture: nobody's library repeats them.
 * @param {number} i
 * @param {number} shape height to width
 */
export function blur(i, shape) {
  const key = `${i % DIFFERENT}/${shape.toFixed(2)}`;
  const hash = hashes.get(key) ?? hashOf(i % DIFFERENT, shape);
  hashes.set(key, hash);
  const own = Buffer.from(hash);
  own.writeUInt16LE(i % 65_536, own.length - 2);
  return own.toString('base64');
}

/** @param {number} i @param {number} shape */
function hashOf(i, shape) {
  const [width, height] = shape > 1 ? [Math.round(24 / shape), 24] : [24, Math.round(24 * shape)];
  const rows = paint(i, width, height);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rgba.set(rows.subarray(y * (width * 3 + 1) + 1 + x * 3, y * (width * 3 + 1) + 4 + x * 3), (y * width + x) * 4);
  return rgbaToThumbHash(width, height, rgba);
}

/**
 * A thumbnail as a PNG file.
 * @param {number} i
 * @param {number} width
 * @param {number} shape height to width
 */
export function thumbnail(i, width, shape) {
  const key = `${i % DIFFERENT}/${width}/${shape.toFixed(2)}`;
  const known = drawn.get(key);
  if (known) return known;
  const made = draw(i % DIFFERENT, width, Math.round(width * shape));
  drawn.set(key, made);
  return made;
}

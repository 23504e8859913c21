/** Names for people: `scifi_city_01` is `Sci-Fi - City`. The same as `friendly.py` and `subcategory.py`. */

const SPELLED =
  'Sci-Fi NSFW SFW HDR DoF VHS LoRA 3D 2D UI VFX CGI I2V T2I T2V Img2Img Txt2Img E-girl High-Leg WebP PNG ' +
  'JPEG RPG FPS POV ISO RGB LED UV TV DVD CCTV NPC SDXL VR AI';
const SPELLINGS = new Map(SPELLED.split(' ').map((word) => [word.toLowerCase().replaceAll('-', ''), word]));
const PAIRS = new Set(['one_piece', 'three_quarter']);

/**
 * The given name, else the token after its first colon, in words.
 * @param {string} token
 * @param {string} [name]
 */
export function friendlyName(token, name = '') {
  const rest = token.includes(':') ? token.slice(token.indexOf(':') + 1) : '';
  const plain = (name || rest || token).replace(/_[0-9]+$/, '');
  const parts = plain.split('_').filter(Boolean);
  const [only] = parts;
  if (only === undefined) return plain;
  if (new Set(parts.map((part) => part.toLowerCase())).size === 1) return wordOf(only);
  const [first, ...others] = paired(parts);
  return others.length ? `${first} - ${others.join(' ')}` : `${first}`;
}

/** @param {string[]} parts */
function paired(parts) {
  /** @type {string[]} */
  const words = [];
  for (let index = 0; index < parts.length; index += 1) {
    const two = parts.slice(index, index + 2);
    if (PAIRS.has(two.join('_').toLowerCase())) {
      words.push(two.map(wordOf).join('-'));
      index += 1;
    } else words.push(...two.slice(0, 1).map(wordOf));
  }
  return words;
}

/** @param {string} part */
const wordOf = (part) =>
  SPELLINGS.get(part.toLowerCase().replaceAll('-', '')) ?? part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase();

const LIGHTS = {
  fire: ['fire', 'candle', 'torch', 'ember', 'campfire', 'lantern'],
  night: ['night', 'moon', 'moonlight', 'star', 'starlight', 'dark'],
  neon: ['neon', 'led', 'cyber', 'hologram', 'holographic', 'uv'],
  studio: ['studio', 'softbox', 'rim', 'key', 'three', 'ring', 'spot', 'spotlight', 'butterfly'],
  natural: ['natural', 'sun', 'sunlight', 'sunset', 'sunrise', 'golden', 'blue', 'day', 'window'],
  effects: ['effects', 'lens', 'bokeh', 'god', 'volumetric', 'dust', 'spark', 'sparks', 'fog', 'glow'],
};
/** @type {Record<string, Map<string, string>>} */
const OF_WORD = {
  outfit: new Map([
    ['swim', 'swimwear'],
    ['costume', 'costumes'],
    ['tech', 'costumes'],
    ['casual', 'everyday'],
    ['street', 'everyday'],
    ['lounge', 'everyday'],
    ['dress', 'everyday'],
  ]),
  lighting: new Map(Object.entries(LIGHTS).flatMap(([bucket, words]) => words.map((word) => [word, bucket]))),
};
/** @type {Record<string, Set<string>>} */
const ONLY = {
  character: new Set(['fantasy', 'scifi', 'horror', 'cyberpunk', 'historical', 'wasteland', 'occult', 'mythology']),
};
/** @type {Record<string, string[]>} */
const SECOND = { hair: ['hair'], lighting: ['special', 'particle'] };

/**
 * The subcategory under which a library shows an alias: `swim_red_bikini` of `outfit` is `swimwear`; empty where the
 * name says none.
 * @param {string} name
 * @param {string} category
 */
export function subcategory(name, category) {
  const group = category.toLowerCase();
  const words = name.toLowerCase().split('_').filter(Boolean);
  const two = words.length > 1;
  const second = two && own(SECOND, group)?.includes(words[0] ?? '');
  const word = (second ? words[1] : words[0]) ?? '';
  const known = own(OF_WORD, group)?.get(word);
  if (known !== undefined) return known;
  const only = own(ONLY, group);
  if (only) return only.has(word) ? word : 'other';
  if (second && group === 'hair') return word;
  return two ? (words[0] ?? '') : '';
}

/**
 * @template T
 * @param {Record<string, T>} table
 * @param {string} key
 */
const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

// Tags as the stand-in has them: few, and slow in a way that an app could get wrong.

/** @type {[name: string, count: number, category: string, more?: object][]} */
const TAGS = [
  ['1girl', 6_100_000, 'general', { used: 41 }],
  ['solo', 5_000_000, 'general'],
  ['long_hair', 4_500_000, 'general', { used: 12 }],
  ['looking_at_viewer', 3_500_000, 'general'],
  ['smile', 3_000_000, 'general', { alias: 'smiling' }],
  ['blue_eyes', 1_800_000, 'general', { used: 41 }],
  ['blonde_hair', 1_600_000, 'general'],
  ['black_hair', 1_500_000, 'general'],
  ['blue_hair', 1_100_000, 'general'],
  ['blue_sky', 400_000, 'general'],
  ['lighthouse', 9_000, 'general'],
  ['saber_(fate)', 40_000, 'character'],
  ['genshin_impact', 250_000, 'copyright', { alias: '原神' }],
  ['wlop', 900, 'artist'],
  ['highres', 5_700_000, 'meta'],
];
const LISTS = [
  { name: 'mine.csv', label: 'mine', enabled: true, shipped: false, scheme: null, format: 'tagcomplete csv', tags: 12 },
  {
    name: 'shipped/danbooru_tags.md',
    label: 'starter',
    enabled: true,
    shipped: true,
    scheme: null,
    format: 'markdown',
    tags: 3,
  },
].map((list, place) => ({
  ...list,
  size: 1234,
  links: 3,
  repeated: 0,
  skipped: place === 0 ? 1 : 0,
  examples: place === 0 ? [{ line: 7, why: 'a quote is never closed', row: 'x,0,1,"y' }] : [],
  error: '',
}));

/** @param {typeof TAGS[number]} entry */
const item = ([tag, count, category, more]) => ({
  tag,
  count,
  category,
  source: 'mine',
  sources: ['mine'],
  match: 'prefix',
  nsfw: false,
  ...more,
});

/** @param {URLSearchParams} query */
function found(query) {
  const q = (query.get('q') ?? '').trim().toLowerCase();
  const words = q.replaceAll('\\', '').split(/[ _]/).filter(Boolean);
  const category = query.get('category');
  const hits = TAGS.filter(
    ([tag, , own, more]) =>
      (!category || own === category) &&
      (query.get('used') !== '1' || (more && 'used' in more)) &&
      words.every((word) => tag.includes(word) || (more && 'alias' in more && String(more.alias).includes(word))),
  );
  const sorted = query.get('sort') === 'name' ? [...hits].sort() : hits;
  const rest = { total: hits.length, total_is_exact: true, cursor: null, state: 'ready', limit: 80, offset: 0 };
  return { items: sorted.map(item), q, category: category ?? '', sort: 'relevance', ...rest };
}

/**
 * What the stand-in answers, and after how long: the fewer letters, the later, so that answers overtake each other.
 * @param {string} method
 * @param {string} route
 * @param {URLSearchParams} query
 * @returns {{ body: object, delay: number } | null}
 */
export function tagAnswer(method, route, query) {
  if (route === 'api/tags/search') {
    const body = found(query);
    return { body, delay: body.q ? Math.max(0, 400 - body.q.length * 60) : 0 };
  }
  if (route === 'api/tags/categories') {
    const keys = [...new Set(TAGS.map(([, , category]) => category))];
    const categories = keys.map((key) => {
      const count = TAGS.filter(([, , category]) => category === key).length;
      return { key, count, actual: count };
    });
    return { body: { categories, total: TAGS.length, state: 'ready' }, delay: 0 };
  }
  if (route === 'api/tags/related') {
    const related = TAGS.slice(1, 5).map((entry) => ({ ...item(entry), together: 3, likeness: 0.5, used: 5 }));
    return { body: { tag: query.get('tag'), used: 5, related }, delay: 0 };
  }
  if (route !== 'api/tags/sources') return null;
  if (method === 'GET') return { body: { sources: LISTS, state: 'ready', progress: null }, delay: 0 };
  const report = { format: 'tagcomplete csv', tags: 12, links: 3, repeated: 0, error: '', ...LISTS[0] };
  return { body: { sources: LISTS, state: 'ready', progress: null, name: 'mine.csv', report }, delay: 0 };
}

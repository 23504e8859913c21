/** @import { TagItem } from '../../services/apiTypes.js' */
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { promptText } from './token.js';

/**
 * A count in few signs: 1.2M.
 * @param {string} lang
 * @param {number} count
 */
const compact = (lang, count) =>
  new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 1 }).format(count);

/** The name in the colour of its category. @param {{ item: Pick<TagItem, 'tag' | 'category' | 'nsfw'> }} props */
export function TagName({ item }) {
  const blurred = usePreferences((p) => p.tagNsfw === 'blur') && item.nsfw;
  return (
    <span className="tag-name" data-category={item.category} data-blurred={blurred || undefined}>
      {promptText({ tag: item.tag }).replaceAll('\\', '')}
    </span>
  );
}

/** How popular it is, or what its list says instead. @param {{ item: Pick<TagItem, 'count' | 'note'> }} props */
export function TagCount({ item }) {
  const { lang } = useT();
  return <span className="tag-count">{item.note ?? (item.count > 0 && compact(lang, item.count))}</span>;
}

/**
 * What led to the tag and what it is to the owner, in one quiet line; nothing if there is nothing to say.
 * @param {{ item: TagItem }} props
 */
export function TagWhy({ item }) {
  const { t } = useT();
  const said = [
    item.alias && `${item.alias} ➝ ${item.tag}`.replaceAll('_', ' '),
    item.match === 'typo' && item.via === 'spelling' && t('tags.spelling'),
    item.used && t('tags.used', { count: item.used }),
  ].filter(Boolean);
  return said.length > 0 && <span className="tag-why">{said.join(' · ')}</span>;
}

/** @import { TagFilter } from './useTags.js' */
import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { useTagCategories } from './useTags.js';

/** @param {string} key @returns {string} */
const titleOf = (key) => (key ? key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' ') : key);

/** @param {{ nsfw: 'hide' | 'blur' | 'show', filter: TagFilter, onChange: (change: Partial<TagFilter>) => void }} props */
export function CategoryChips({ nsfw, filter, onChange }) {
  const { t, lang } = useT();
  const { data } = useTagCategories(nsfw);
  const number = new Intl.NumberFormat(lang, { notation: 'compact' });
  return (
    <div className="tags-chips" role="group" aria-label={t('tags.categories')}>
      <Chip pressed={!filter.category && !filter.used} onClick={() => onChange({ category: '', used: false })}>
        {t('tags.all')}
      </Chip>
      <Chip pressed={filter.used} onClick={() => onChange({ used: !filter.used })}>
        {t('tags.mine')}
      </Chip>
      {data?.categories.map(({ key, count }) => (
        <Chip
          key={key}
          pressed={filter.category === key}
          onClick={() => onChange({ category: filter.category === key ? '' : key })}
        >
          <span className="tag-dot" data-category={key} aria-hidden="true" />
          {titleOf(key)}
          <span className="tag-count">{number.format(count)}</span>
        </Chip>
      ))}
    </div>
  );
}

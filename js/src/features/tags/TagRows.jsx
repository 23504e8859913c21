/** @import { TagItem } from '../../services/apiTypes.js' */
import { Check, Info } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { useCollection } from './collection.js';
import { TagCount, TagName, TagWhy } from './TagName.jsx';

/** @param {{ item: TagItem, onAbout: (item: TagItem) => void }} props */
function PlainRow({ item, onAbout }) {
  const { t } = useT();
  const collected = useCollection((c) => c.tags.includes(item.tag));
  return (
    <li className="tag-row">
      <button
        type="button"
        className="tag-take"
        aria-pressed={collected}
        onClick={() => useCollection.getState().toggle(item.tag)}
      >
        <span className="tag-check" aria-hidden="true">
          {collected && <Check size={14} strokeWidth={3} />}
        </span>
        <span className="suggestion-words">
          <TagName item={item} />
          <TagWhy item={item} />
        </span>
        <TagCount item={item} />
      </button>
      <IconButton label={t('tags.about', { tag: item.tag })} onClick={() => onAbout(item)}>
        <Info size={18} />
      </IconButton>
    </li>
  );
}
const Row = memo(PlainRow);

/**
 * @param {{ items: readonly TagItem[], more: boolean, onMore: () => void, onAbout: (item: TagItem) => void }} props
 */
export function TagRows({ items, more, onMore, onAbout }) {
  const end = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (!more || !end.current) return undefined;
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: '800px' });
    near.observe(end.current);
    return () => near.disconnect();
  }, [more, onMore]);
  return (
    <>
      <ul className="tag-rows">
        {items.map((item) => (
          <Row key={item.tag} item={item} onAbout={onAbout} />
        ))}
      </ul>
      <div ref={end} />
    </>
  );
}

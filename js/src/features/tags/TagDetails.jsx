/** @import { TagItem } from '../../services/apiTypes.js' */
import { useQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { getRelatedTags, searchTags } from '../../services/api.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { useCollection } from './collection.js';
import { TagName } from './TagName.jsx';
import { promptText } from './token.js';

/** @param {string} tag */
function useTag(tag) {
  return useQuery({
    queryKey: ['tags', 'one', tag],
    queryFn: async ({ signal }) => (await searchTags({ q: tag, limit: 1, total: 0, nsfw: 'show' }, signal)).items[0],
    staleTime: 60_000,
  });
}

/** @param {{ tag: string, onAbout: (tag: Pick<TagItem, 'tag'>) => void }} props */
function Related({ tag, onAbout }) {
  const { t } = useT();
  const { data } = useQuery({
    queryKey: ['tags', 'related', tag],
    queryFn: ({ signal }) => getRelatedTags(tag, signal),
    staleTime: 60_000,
  });
  if (!data) return null;
  if (data.related.length === 0) return <p className="field-hint">{t('tags.relatedNone')}</p>;
  return (
    <>
      <h3 className="tags-small">{t('tags.related')}</h3>
      <ul className="tag-pieces">
        {data.related.map((item) => (
          <li key={item.tag}>
            <button
              type="button"
              className="tag-piece"
              title={t('tags.together', { count: item.together })}
              onClick={() => onAbout(item)}
            >
              <span>
                <TagName item={item} />
                <span className="tag-count">{item.together}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** @param {{ tag: string }} props */
function Facts({ tag }) {
  const { t } = useT();
  const { data } = useTag(tag);
  if (!data) return null;
  const facts = [
    data.note ?? t('tags.posts', { count: data.count }),
    data.category,
    data.used && t('tags.used', { count: data.used }),
    t('tags.from', { lists: data.sources.join(', ') }),
  ];
  return <p className="field-hint">{facts.filter(Boolean).join(' · ')}</p>;
}

/**
 * @typedef {{
 *   tag: string, onAbout: (tag: Pick<TagItem, 'tag'>) => void, onCopy: (text: string) => void,
 *   toPrompt: (text: string) => React.ReactNode,
 * }} AboutProps
 */

/** @param {AboutProps} props */
function About({ tag, onAbout, onCopy, toPrompt }) {
  const { t } = useT();
  const collected = useCollection((c) => c.tags.includes(tag));
  const text = promptText({ tag });
  return (
    <>
      {tag && <Facts tag={tag} />}
      <div className="tags-actions">
        <Button onClick={() => useCollection.getState().toggle(tag)}>
          {t(collected ? 'tags.uncollect' : 'tags.collect')}
        </Button>
        <Button onClick={() => onCopy(text)}>{t('copy')}</Button>
        {toPrompt(text)}
      </div>
      {tag && <Related tag={tag} onAbout={onAbout} />}
    </>
  );
}

/** @param {string} tag */
const nameOf = (tag) => promptText({ tag }).replaceAll('\\', '');

/**
 * One tag: what it is, what the owner uses it with, and what can be done with it.
 * @param {AboutProps & { open: boolean, onClose: () => void }} props
 */
export function TagDetails({ open, onClose, ...rest }) {
  return (
    <Sheet open={open} onClose={onClose} title={nameOf(rest.tag)}>
      <About {...rest} />
    </Sheet>
  );
}

/** The same beside the list, where there is room. @param {AboutProps} props */
export function TagAside(props) {
  const { t } = useT();
  return (
    <aside className="tags-aside scrolls" aria-label={t('tags.title')}>
      {props.tag ? (
        <>
          <h2>{nameOf(props.tag)}</h2>
          <About {...props} />
        </>
      ) : (
        <EmptyState icon={<Tags size={32} />} title={t('tags.pick')} />
      )}
    </aside>
  );
}

/** @import { TagItem } from '../../services/apiTypes.js' */
/** @import { TagFilter } from './useTags.js' */
import { ListPlus, Search, SlidersHorizontal, Tags } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { useWide } from '../../ui/layout/useWide.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { CategoryChips } from './CategoryChips.jsx';
import { CollectionBar } from './CollectionBar.jsx';
import { TagAside, TagDetails } from './TagDetails.jsx';
import { TagListsSheet } from './TagListsSheet.jsx';
import { TagOptions } from './TagOptions.jsx';
import { TagRows } from './TagRows.jsx';
import { useTags } from './useTags.js';
import './library.css';

/** @param {{ found: ReturnType<typeof useTags> }} props how many there are, truthfully */
function Total({ found: { first, reading } }) {
  const { t } = useT();
  if (!first) return <p className="tags-total" />;
  const words = t(first.total_is_exact ? 'tags.count' : 'tags.countAtLeast', { count: first.total });
  return (
    <p className="tags-total" role="status">
      {reading ? t('tags.building') : words}
    </p>
  );
}

/** @param {{ bare: boolean, onLists: () => void }} props */
function Nothing({ bare, onLists }) {
  const { t } = useT();
  return (
    <EmptyState
      icon={<Tags size={32} />}
      title={t(bare ? 'tags.noLists' : 'tags.none')}
      text={t(bare ? 'tags.noListsText' : 'tags.noneText')}
    >
      <Button onClick={onLists}>{t('tags.lists')}</Button>
    </EmptyState>
  );
}

/** @param {{ found: ReturnType<typeof useTags>, bare: boolean, onLists: () => void, onAbout: (item: TagItem) => void }} props */
function Found({ found, bare, onLists, onAbout }) {
  const { t } = useT();
  if (found.error) return <ErrorState message={found.error.message} onRetry={() => void found.refetch()} />;
  if (!found.first)
    return (
      <div className="tags-waiting" role="status" aria-label={t('loading')}>
        {[44, 62, 38, 55, 48, 66, 40].map((width) => (
          <Skeleton key={width} style={{ width: `${width}%`, height: 20 }} />
        ))}
      </div>
    );
  if (found.items.length === 0) return <Nothing bare={bare} onLists={onLists} />;
  return (
    <TagRows
      items={found.items}
      more={found.hasNextPage && !found.isFetchingNextPage}
      onMore={() => void found.fetchNextPage()}
      onAbout={onAbout}
    />
  );
}

/** @param {{ filter: TagFilter, onChange: (change: Partial<TagFilter>) => void, onOptions: () => void, onLists: () => void }} props */
function Head({ filter, onChange, onOptions, onLists }) {
  const { t } = useT();
  return (
    <div className="tags-head">
      <label className="tags-search">
        <Search size={18} aria-hidden="true" />
        <input
          className="input"
          type="search"
          enterKeyHint="search"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          aria-label={t('tags.search')}
          placeholder={t('tags.search')}
          value={filter.q}
          onChange={(event) => onChange({ q: event.target.value })}
        />
      </label>
      <IconButton label={t('tags.options')} onClick={onOptions}>
        <SlidersHorizontal size={20} />
      </IconButton>
      <IconButton label={t('tags.lists')} onClick={onLists}>
        <ListPlus size={20} />
      </IconButton>
    </div>
  );
}

/**
 * The tags of all lists: search, categories, order; collect and copy; the lists themselves.
 * @param {{
 *   filter: TagFilter, onChange: (change: Partial<TagFilter>) => void, onCopy: (text: string) => void,
 *   toPrompt: (text: string) => React.ReactNode,
 * }} props `toPrompt` makes the button that puts a text into the prompt
 */
export function TagLibrary({ filter, onChange, onCopy, toPrompt }) {
  const nsfw = usePreferences((p) => p.tagNsfw);
  const shown = useDeferredValue(filter);
  const found = useTags(shown, nsfw);
  const [open, setOpen] = useState(/** @type {'options' | 'lists' | 'about' | null} */ (null));
  const [about, setAbout] = useState('');
  const close = () => setOpen(null);
  const show = (/** @type {Pick<TagItem, 'tag'>} */ { tag }) => {
    setAbout(tag);
    setOpen('about');
  };
  const bare = !filter.q && !filter.category && !filter.used && filter.minCount === 0 && found.first?.total === 0;
  const wide = useWide();
  const details = { tag: about, onAbout: show, onCopy, toPrompt };
  return (
    <div className="tags-split">
      <section className="tags">
        <Head
          filter={filter}
          onChange={onChange}
          onOptions={() => setOpen('options')}
          onLists={() => setOpen('lists')}
        />
        <CategoryChips nsfw={nsfw} filter={filter} onChange={onChange} />
        <Total found={found} />
        <div className="tags-found scrolls">
          <Found found={found} bare={bare} onLists={() => setOpen('lists')} onAbout={show} />
        </div>
        <CollectionBar onCopy={onCopy} toPrompt={toPrompt} />
      </section>
      {wide ? <TagAside {...details} /> : <TagDetails open={open === 'about'} onClose={close} {...details} />}
      <TagOptions open={open === 'options'} onClose={close} filter={filter} onChange={onChange} />
      <TagListsSheet open={open === 'lists'} onClose={close} />
    </div>
  );
}

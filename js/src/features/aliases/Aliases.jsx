/** @import { AliasMatch } from '../../services/apiTypes.js' */
import { BookMarked, Download, Plus, Search, Shapes, Upload } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { urlOf } from '../../services/request.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { SearchField } from '../../ui/primitives/SearchField.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import './aliases.css';
import { CategoriesSheet } from './CategoriesSheet.jsx';
import { CategoryChips } from './CategoryChips.jsx';
import { NEW, useDrafts } from './drafts.js';
import { ImportSheet } from './ImportSheet.jsx';
import { useAliasSearch } from './useAliases.js';

/** @param {{ alias: AliasMatch, open: boolean, onOpen: (name: string) => void }} props */
function Row({ alias, open, onOpen }) {
  const { t } = useT();
  const edited = useDrafts((s) => s.of[alias.name] !== undefined);
  return (
    <button
      type="button"
      className="alias-row"
      aria-current={open ? 'true' : undefined}
      onClick={() => onOpen(alias.name)}
    >
      <span className="alias-row-head">
        <strong>{alias.friendly}</strong>
        <span>{alias.category}</span>
        {edited && <span className="alias-used">{t('aliases.unsaved')}</span>}
        {!edited && alias.used > 0 && <span className="alias-used">{t('aliases.used', { count: alias.used })}</span>}
      </span>
      <span className="alias-row-text">{alias.text}</span>
    </button>
  );
}

/** What is done with all aliases at once. */
function Tools() {
  const { t } = useT();
  const [sheet, setSheet] = useState(/** @type {'import' | 'categories' | null} */ (null));
  const close = () => setSheet(null);
  return (
    <div className="chips-row">
      <Chip onClick={() => setSheet('categories')}>
        <Shapes size={16} aria-hidden="true" />
        {t('aliases.categories')}
      </Chip>
      <Chip onClick={() => setSheet('import')}>
        <Upload size={16} aria-hidden="true" />
        {t('aliases.import')}
      </Chip>
      <a className="chip" href={urlOf('api/alias_export', { format: 'json' })} download="aliases.json">
        <span>
          <Download size={16} aria-hidden="true" />
          {t('aliases.export')}
        </span>
      </a>
      <ImportSheet open={sheet === 'import'} onClose={close} />
      <CategoriesSheet open={sheet === 'categories'} onClose={close} />
    </div>
  );
}

/**
 * All aliases: search, categories, import and export; a tap opens one.
 * @param {{ open: string | null, onOpen: (name: string) => void }} props
 */
export function Aliases({ open, onOpen }) {
  const { t } = useT();
  const [typed, setTyped] = useState('');
  const [category, setCategory] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useAliasSearch(q, category);
  const items = found.data?.items ?? [];
  const none = found.data && items.length === 0;
  return (
    <div className="alias-list">
      <div className="alias-list-head">
        <SearchField label={t('aliases.search')} value={typed} onChange={setTyped} />
        <IconButton label={t('aliases.new')} onClick={() => onOpen(NEW)}>
          <Plus size={22} />
        </IconButton>
      </div>
      <Tools />
      <CategoryChips chosen={category} onChoose={setCategory} />
      {found.error && <ErrorState message={found.error.message} onRetry={() => void found.refetch()} />}
      {found.isPending && [0, 1, 2, 3, 4].map((row) => <Skeleton key={row} className="alias-skeleton" />)}
      {none && (q || category) && (
        <EmptyState icon={<Search size={28} />} title={t('aliases.none')} text={t('aliases.noneHere')} />
      )}
      {none && !q && !category && (
        <EmptyState icon={<BookMarked size={32} />} title={t('aliases.empty')} text={t('aliases.emptyText')}>
          <Button variant="primary" onClick={() => onOpen(NEW)}>
            {t('aliases.new')}
          </Button>
        </EmptyState>
      )}
      <ul>
        {items.map((alias) => (
          <li key={alias.name} className="alias-item">
            <Row alias={alias} open={alias.name === open} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** @import { AliasMatch } from '../../services/apiTypes.js' */
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { SearchField } from '../../ui/primitives/SearchField.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import './aliases.css';
import { CategoryChips } from './CategoryChips.jsx';
import { useAliasSearch } from './useAliases.js';

const SHOWN = 150;

/** @param {{ alias: AliasMatch, onPick: (alias: AliasMatch) => void }} props */
function Row({ alias, onPick }) {
  const { t } = useT();
  return (
    <button type="button" className="alias-row" onClick={() => onPick(alias)}>
      <span className="alias-row-head">
        <strong>{alias.friendly}</strong>
        <span>{alias.category}</span>
        {alias.used > 0 && <span className="alias-used">{t('aliases.used', { count: alias.used })}</span>}
      </span>
      <span className="alias-row-text">{alias.text}</span>
    </button>
  );
}

/**
 * Finds an alias by name or text; every tap picks one.
 * @param {{ onPick: (alias: AliasMatch) => void }} props
 */
export function AliasPicker({ onPick }) {
  const { t } = useT();
  const [typed, setTyped] = useState('');
  const [category, setCategory] = useState('');
  const found = useAliasSearch(useDeferredValue(typed.trim()), category);
  return (
    <div className="alias-picker">
      <SearchField label={t('aliases.search')} value={typed} onChange={setTyped} />
      <CategoryChips chosen={category} onChoose={setCategory} />
      {found.error && <ErrorState message={found.error.message} onRetry={() => void found.refetch()} />}
      {found.isPending && [0, 1, 2, 3].map((row) => <Skeleton key={row} className="alias-skeleton" />)}
      {found.data?.items.length === 0 && (
        <EmptyState icon={<Search size={28} />} title={t('aliases.none')} text={t('aliases.noneText')} />
      )}
      <ul>
        {found.data?.items.slice(0, SHOWN).map((alias) => (
          <li key={alias.name}>
            <Row alias={alias} onPick={onPick} />
          </li>
        ))}
      </ul>
    </div>
  );
}

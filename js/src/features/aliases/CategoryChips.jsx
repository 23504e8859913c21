import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { useAliasCategories } from './useAliases.js';

/**
 * The categories that have aliases, and all of them together.
 * @param {{ chosen: string, onChoose: (category: string) => void }} props
 */
export function CategoryChips({ chosen, onChoose }) {
  const { t } = useT();
  const categories = useAliasCategories().data?.answer.categories.filter(({ count }) => count > 0) ?? [];
  if (categories.length < 2) return null;
  return (
    <div className="chips-row">
      <Chip pressed={chosen === ''} onClick={() => onChoose('')}>
        {t('aliases.all')}
      </Chip>
      {categories.map(({ name, label, color, count }) => (
        <Chip key={name} pressed={chosen === name} onClick={() => onChoose(chosen === name ? '' : name)}>
          {color && <i className="dot" style={{ background: color }} />}
          {label || name} <small>{count}</small>
        </Chip>
      ))}
    </div>
  );
}

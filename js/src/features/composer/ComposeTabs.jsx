import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';

/**
 * The page's head: its name, or one tab for each prompt where there are several.
 * @param {{ fields: readonly { name: string, label: string }[], chosen: string, onChoose: (name: string) => void }} props
 */
export function ComposeTabs({ fields, chosen, onChoose }) {
  const { t } = useT();
  const [only] = fields;
  if (fields.length === 1 && only)
    return (
      <header className="page-head">
        <h1>{only.label}</h1>
      </header>
    );
  return (
    <header className="page-head compose-tabs">
      <h1 className="visually-hidden">{t('compose.title')}</h1>
      <nav className="chips-row" aria-label={t('compose.fields')}>
        {fields.map(({ name, label }) => (
          <Chip key={name} aria-current={name === chosen ? 'page' : undefined} onClick={() => onChoose(name)}>
            {label}
          </Chip>
        ))}
      </nav>
    </header>
  );
}

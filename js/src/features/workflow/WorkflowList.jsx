/** @import { WorkflowItem } from '../../services/apiTypes.js' */
import { Check, Pin } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { SearchField } from '../../ui/primitives/SearchField.jsx';
import { AddWorkflows } from './AddWorkflows.jsx';
import { useForms } from './formStore.js';
import { sectionsOf, valuesOf } from './pickWorkflow.js';
import { titleOf } from './titleOf.js';
import { usePins } from './usePins.js';
import './workflow.css';

/** @param {{ item: WorkflowItem, current: string, pinned: boolean, onPin: () => void, onChoose: () => void }} props */
function Row({ item, current, pinned, onPin, onChoose }) {
  const { t } = useT();
  const title = item.title || titleOf(item.name);
  return (
    <li className="workflow-row">
      <button
        type="button"
        className="list-row wide"
        aria-current={item.name === current || undefined}
        onClick={onChoose}
      >
        <span className="list-words">
          <strong>{title}</strong>
          {(item.folder || item.type) && <span>{[item.folder, item.type].filter(Boolean).join(' · ')}</span>}
        </span>
        {item.name === current && <Check size={18} aria-hidden="true" />}
      </button>
      <IconButton label={t('create.pin', { name: title })} aria-pressed={pinned} onClick={onPin}>
        <Pin size={18} fill={pinned ? 'currentColor' : 'none'} />
      </IconButton>
    </li>
  );
}

/** @param {{ values: string[], value: string | null, onChange: (value: string | null) => void, empty: string }} props */
function Filter({ values, value, onChange, empty }) {
  if (values.length < 2) return null;
  return (
    <div className="chips-scroll">
      {values.map((each) => (
        <Chip key={each} pressed={each === value} onClick={() => onChange(each === value ? null : each)}>
          {each || empty}
        </Chip>
      ))}
    </div>
  );
}

/**
 * All workflows: pinned, recent and the rest, found by words, type and folder.
 * @param {{ items: WorkflowItem[], current: string, onChosen?: () => void }} props
 */
export function WorkflowList({ items, current, onChosen }) {
  const { t } = useT();
  const [search, setSearch] = useState('');
  const [folder, setFolder] = useState(/** @type {string | null} */ (null));
  const [type, setType] = useState(/** @type {string | null} */ (null));
  const recent = useForms((s) => s.recent);
  const { pins, toggle } = usePins();
  const sections = sectionsOf(items, { search, folder, type, pins, recent });
  return (
    <div className="workflow-list">
      <SearchField label={t('create.search')} value={search} onChange={setSearch} />
      <Filter values={valuesOf(items, 'type')} value={type} onChange={setType} empty={t('create.noType')} />
      <Filter values={valuesOf(items, 'folder')} value={folder} onChange={setFolder} empty={t('create.noFolder')} />
      {sections.map((section) => (
        <section key={section.key} aria-label={t(section.key)}>
          {sections.length > 1 && <h3 className="list-head">{t(section.key)}</h3>}
          <ul className="list">
            {section.items.map((item) => (
              <Row
                key={item.name}
                item={item}
                current={current}
                pinned={pins.includes(item.name)}
                onPin={() => toggle(item.name)}
                onChoose={() => {
                  useForms.getState().choose(item.name);
                  onChosen?.();
                }}
              />
            ))}
          </ul>
        </section>
      ))}
      {sections.length === 0 && <p className="field-hint">{t('create.noneFound')}</p>}
      <AddWorkflows />
    </div>
  );
}

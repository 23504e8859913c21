/** @import { WorkflowItem } from '../../services/apiTypes.js' */
import { Check, ChevronDown, Pin } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { useForms } from './formStore.js';
import { sectionsOf, valuesOf } from './pickWorkflow.js';
import { titleOf } from './titleOf.js';
import { usePins } from './usePins.js';

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

/** @param {{ items: WorkflowItem[], current: string, onClose: () => void }} props */
function Picker({ items, current, onClose }) {
  const { t } = useT();
  const [search, setSearch] = useState('');
  const [folder, setFolder] = useState(/** @type {string | null} */ (null));
  const [type, setType] = useState(/** @type {string | null} */ (null));
  const recent = useForms((s) => s.recent);
  const { pins, toggle } = usePins();
  const sections = sectionsOf(items, { search, folder, type, pins, recent });
  return (
    <>
      <input
        className="input"
        type="search"
        aria-label={t('create.search')}
        placeholder={t('create.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
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
                  onClose();
                }}
              />
            ))}
          </ul>
        </section>
      ))}
      {sections.length === 0 && <p className="field-hint">{t('create.noneFound')}</p>}
    </>
  );
}

/** @param {{ items: WorkflowItem[], current: string }} props */
export function WorkflowPicker({ items, current }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className="workflow-name"
        aria-haspopup="dialog"
        aria-label={`${t('create.workflows')}: ${titleOf(current)}`}
        onClick={() => setOpen(true)}
      >
        <span>{titleOf(current)}</span>
        <ChevronDown size={18} aria-hidden="true" />
      </button>
      <Sheet open={open} onClose={close} title={t('create.workflows')}>
        <Picker items={items} current={current} onClose={close} />
      </Sheet>
    </>
  );
}

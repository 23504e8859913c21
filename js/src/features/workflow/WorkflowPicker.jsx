import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { useForms } from './formStore.js';

/** @param {string} name */
const titleOf = (name) =>
  name
    .split('/')
    .at(-1)
    ?.replace(/\.json$/, '') ?? name;

/** @param {{ names: string[], current: string, onClose: () => void, open: boolean }} props */
function PickerSheet({ names, current, onClose, open }) {
  const { t } = useT();
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = names.filter((name) => words.every((word) => name.toLowerCase().includes(word)));
  return (
    <Sheet open={open} onClose={onClose} title={t('create.workflows')}>
      <input
        className="input"
        type="search"
        aria-label={t('create.search')}
        placeholder={t('create.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul className="list">
        {found.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="list-row wide"
              aria-current={name === current || undefined}
              onClick={() => {
                useForms.getState().choose(name);
                onClose();
              }}
            >
              <span className="list-words">
                <strong>{titleOf(name)}</strong>
                {name.includes('/') && <span>{name.slice(0, name.lastIndexOf('/'))}</span>}
              </span>
              {name === current && <Check size={18} aria-hidden="true" />}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="field-hint">{t('create.noneFound')}</p>}
    </Sheet>
  );
}

/** @param {{ names: string[], current: string }} props */
export function WorkflowPicker({ names, current }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
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
      <PickerSheet names={names} current={current} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

import { Check, ChevronDown, Pin } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { useForms } from './formStore.js';
import { titleOf } from './titleOf.js';
import { usePins } from './usePins.js';

/** @param {{ names: string[], current: string, onClose: () => void, open: boolean }} props */
function PickerSheet({ names, current, onClose, open }) {
  const { t } = useT();
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const { pins, toggle } = usePins();
  const ordered = [...pins.filter((name) => names.includes(name)), ...names.filter((name) => !pins.includes(name))];
  const found = ordered.filter((name) => words.every((word) => name.toLowerCase().includes(word)));
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
          <li key={name} className="workflow-row">
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
            <IconButton
              label={t('create.pin', { name: titleOf(name) })}
              aria-pressed={pins.includes(name)}
              onClick={() => toggle(name)}
            >
              <Pin size={18} fill={pins.includes(name) ? 'currentColor' : 'none'} />
            </IconButton>
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

/** @import { FieldValue, FormField } from '../../services/apiTypes.js' */
import { Check, ChevronDown } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { SearchField } from '../../ui/primitives/SearchField.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { ChoicePicture } from './ChoicePicture.jsx';
import { baseName, foldersOf, found } from './choices.js';
import { useModelPictures } from './useModelPictures.js';

/** So many fit the system's own wheel; more need a search. */
const FEW = 20;
const SHOWN = 200;

/** @typedef {{ id: string, field: FormField, value: FieldValue, onChange: (value: FieldValue | undefined) => void }} Props */

/** @param {Props} props */
function Few({ id, field, value, onChange }) {
  const choices = field.choices ?? [];
  const names = choices.map(baseName);
  const unknown = value !== null && value !== '' && !choices.includes(String(value));
  return (
    <Select id={id} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)}>
      {unknown && <option value={String(value)}>{`${String(value)} (?)`}</option>}
      {choices.map((choice, i) => (
        <option key={choice} value={choice}>
          {names.filter((name) => name === names[i]).length > 1 ? choice : names[i]}
        </option>
      ))}
    </Select>
  );
}

/** @param {{ choices: string[], pictures: Record<string, string>, value: string, onPick: (choice: string) => void }} props */
function Finder({ choices, pictures, value, onPick }) {
  const { t } = useT();
  const [words, setWords] = useState('');
  const [folder, setFolder] = useState('');
  const folders = foldersOf(choices);
  const anyPicture = Object.keys(pictures).length > 0;
  const matches = found(choices, useDeferredValue(words), folder);
  return (
    <div className="choice-finder">
      <SearchField label={t('choice.search')} value={words} onChange={setWords} />
      {folders.length > 1 && (
        <Select aria-label={t('choice.folder')} value={folder} onChange={(event) => setFolder(event.target.value)}>
          <option value="">{t('choice.folders')}</option>
          {folders.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      )}
      <ul className="list">
        {matches.slice(0, SHOWN).map((choice) => (
          <li key={choice}>
            <button
              type="button"
              className="list-row wide"
              aria-current={choice === value || undefined}
              onClick={() => onPick(choice)}
            >
              {anyPicture && <ChoicePicture link={pictures[choice]} />}
              <span className="list-words">
                <strong>{baseName(choice)}</strong>
                {/[\\/]/.test(choice) && <span>{choice.slice(0, choice.search(/[\\/][^\\/]*$/))}</span>}
              </span>
              {choice === value && <Check size={18} aria-hidden="true" />}
            </button>
          </li>
        ))}
      </ul>
      {matches.length === 0 && <p className="field-hint">{t('choice.none')}</p>}
      {matches.length > SHOWN && <p className="field-hint">{t('choice.more', { count: matches.length - SHOWN })}</p>}
    </div>
  );
}

/** @param {Props} props */
function Many({ id, field, value, onChange }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  const pictures = useModelPictures(field, open);
  const choices = field.choices ?? [];
  const chosen = String(value ?? '');
  const shown = choices.includes(chosen) ? baseName(chosen) : chosen && `${baseName(chosen)} (?)`;
  return (
    <>
      <button
        type="button"
        id={id}
        className="input choice-button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span>{shown || t('choice.nothing')}</span>
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      <Sheet open={open} onClose={() => setOpen(false)} title={field.label}>
        <Finder
          choices={choices}
          pictures={pictures}
          value={chosen}
          onPick={(choice) => {
            onChange(choice);
            setOpen(false);
          }}
        />
      </Sheet>
    </>
  );
}

/**
 * One of a list: the system's own wheel for a few, a search for many.
 * @param {Props} props
 */
export function ChoiceInput(props) {
  return (props.field.choices?.length ?? 0) > FEW ? <Many {...props} /> : <Few {...props} />;
}

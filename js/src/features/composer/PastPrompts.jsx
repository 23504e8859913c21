import { Star } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { Chip } from '../../ui/primitives/Chip.jsx';

/** @typedef {{ id: string, title?: string, text: string }} PastPrompt */

/** @param {{ list: readonly PastPrompt[], none: string, onUse: (prompt: PastPrompt) => void }} props */
function List({ list, none, onUse }) {
  const { t } = useT();
  if (list.length === 0) return <p className="past-none">{none}</p>;
  return (
    <ul>
      {list.map((prompt) => (
        <li key={prompt.id}>
          <button type="button" className="past-row" title={t('compose.past.use')} onClick={() => onUse(prompt)}>
            {prompt.title && <strong>{prompt.title}</strong>}
            <span>{prompt.text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** @param {{ onKeep: (name: string) => void }} props */
function Keep({ onKeep }) {
  const { t } = useT();
  const [name, setName] = useState(/** @type {string | null} */ (null));
  if (name === null)
    return (
      <Button wide onClick={() => setName('')}>
        <Star size={18} aria-hidden="true" />
        {t('compose.past.keep')}
      </Button>
    );
  return (
    <form
      className="chip-rewrite"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onKeep(name.trim());
        setName(null);
      }}
    >
      <input
        className="input"
        aria-label={t('compose.past.name')}
        placeholder={t('compose.past.name')}
        value={name}
        maxLength={100}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the field opens because its button was pressed
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" variant="primary">
        {t('compose.done')}
      </Button>
    </form>
  );
}

/**
 * Prompts that ran lately and those that were kept.
 * @param {{
 *   recent: readonly PastPrompt[], kept: readonly PastPrompt[], canKeep: boolean,
 *   onUse: (prompt: PastPrompt) => void, onKeep: (name: string) => void,
 * }} props
 */
export function PastPrompts({ recent, kept, canKeep, onUse, onKeep }) {
  const { t } = useT();
  const [shown, setShown] = useState(/** @type {'recent' | 'kept'} */ ('recent'));
  return (
    <div className="past">
      {canKeep && <Keep onKeep={onKeep} />}
      <div className="chips-row">
        {
          /** @type {const} */ (['recent', 'kept']).map((name) => (
            <Chip key={name} pressed={shown === name} onClick={() => setShown(name)}>
              {t(`compose.past.${name}`)}
            </Chip>
          ))
        }
      </div>
      {shown === 'recent' ? (
        <List list={recent} none={t('compose.past.none')} onUse={onUse} />
      ) : (
        <List list={kept} none={t('compose.past.noneKept')} onUse={onUse} />
      )}
    </div>
  );
}

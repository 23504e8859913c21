import { useEffect, useEffectEvent, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { navigate } from '../hashLocation.js';
import { actionOf, shortcuts } from './shortcuts.js';

/** @param {{ onRun: () => void }} props keys that lead everywhere, and `?` that tells them */
export function Shortcuts({ onRun }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  const act = useEffectEvent((/** @type {KeyboardEvent} */ event) => {
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    if (action === 'help') setOpen(true);
    else if (action === 'run') onRun();
    else navigate(action);
  });
  useEffect(() => {
    addEventListener('keydown', act);
    return () => removeEventListener('keydown', act);
  }, []);
  return (
    <Sheet open={open} onClose={() => setOpen(false)} title={t('keys.title')}>
      <dl className="keys">
        {shortcuts.map(({ keys, text }) => (
          <div key={text}>
            <dt>{t(text)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

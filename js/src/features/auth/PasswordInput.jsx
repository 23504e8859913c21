import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import './auth.css';

/**
 * A password that can be shown: nobody types one right twice on a phone.
 * @param {object} props
 * @param {string} props.id
 * @param {string} props.value
 * @param {(value: string) => void} props.onChange
 * @param {'current-password' | 'new-password'} props.autoComplete
 * @param {number} [props.minLength]
 */
export function PasswordInput({ id, value, onChange, autoComplete, minLength }) {
  const { t } = useT();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <span className="password">
      <input
        id={id}
        className="input"
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required
        minLength={minLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton label={t(shown ? 'login.hide' : 'login.show')} onClick={() => setShown(!shown)}>
        <Icon size={20} />
      </IconButton>
    </span>
  );
}

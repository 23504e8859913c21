import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { login } from '../../services/api.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { Field } from '../../ui/primitives/Field.jsx';
import { deviceName } from './device.js';
import { PasswordInput } from './PasswordInput.jsx';
import { refusalWords } from './words.js';
import './auth.css';

/**
 * Name and password.
 * @param {{ onDone: () => void }} props
 */
export function SignIn({ onDone }) {
  const { t } = useT();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => login({ username, password, device: deviceName(navigator.userAgent) }),
    onSuccess: onDone,
  });
  const words = refusalWords(enter.error);
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        if (!enter.isPending) enter.mutate();
      }}
    >
      <Field label={t('login.name')}>
        {(id) => (
          <input
            id={id}
            className="input"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('login.password')}>
        {(id) => <PasswordInput id={id} value={password} onChange={setPassword} autoComplete="current-password" />}
      </Field>
      {enter.error && (
        <p className="field-error" role="alert">
          {words ? t(words.key, words.vars) : enter.error.message}
        </p>
      )}
      <Button type="submit" variant="primary" wide disabled={enter.isPending}>
        {t(enter.isPending ? 'login.busy' : 'login.enter')}
      </Button>
    </form>
  );
}

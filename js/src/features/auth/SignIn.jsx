import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { login } from '../../services/api.js';
import { Field } from '../../ui/primitives/Field.jsx';
import { deviceName } from './device.js';
import { PasswordForm } from './PasswordForm.jsx';
import { PasswordInput } from './PasswordInput.jsx';

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
  return (
    <PasswordForm send={enter} button={t(enter.isPending ? 'login.busy' : 'login.enter')}>
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
    </PasswordForm>
  );
}

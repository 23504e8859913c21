import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { changePassword, getAuthStatus } from '../../services/api.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { Field } from '../../ui/primitives/Field.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { PasswordForm } from './PasswordForm.jsx';
import { PasswordInput } from './PasswordInput.jsx';
import './auth.css';

/** The server's own limit. */
const SHORTEST = 8;

/**
 * The present and the new password. The user name is there for the browser's password manager only.
 * @param {{ user: string, onDone: () => void }} props
 */
function Passwords({ user, onDone }) {
  const { t } = useT();
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useMutation({ mutationFn: () => changePassword({ current, new: fresh }), onSuccess: onDone });
  return (
    <PasswordForm send={change} wrong="password.wrong" button={t(change.isPending ? 'password.busy' : 'password.save')}>
      <input type="text" autoComplete="username" value={user} readOnly hidden />
      <Field label={t('password.current')}>
        {(id) => <PasswordInput id={id} value={current} onChange={setCurrent} autoComplete="current-password" />}
      </Field>
      <Field label={t('password.new')} hint={t('password.hint', { count: SHORTEST })}>
        {(id) => (
          <PasswordInput id={id} value={fresh} onChange={setFresh} autoComplete="new-password" minLength={SHORTEST} />
        )}
      </Field>
    </PasswordForm>
  );
}

/** Changes the own password; a login that the server's settings hold is changed there, and this says so. */
export function ChangePassword() {
  const { t } = useT();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const status = useQuery({ queryKey: ['auth_status'], queryFn: () => getAuthStatus() });
  if (!status.data?.user) return null;
  const done = () => {
    setOpen(false);
    toasts.add({ title: t('password.done'), description: t('password.doneText') });
    client.invalidateQueries({ queryKey: ['sessions'] });
    client.invalidateQueries({ queryKey: ['tokens'] });
  };
  return (
    <div className="tokens">
      <p className="field-hint">{t(status.data.password_in_settings ? 'password.inSettings' : 'password.text')}</p>
      {!status.data.password_in_settings && <Button onClick={() => setOpen(true)}>{t('password.title')}</Button>}
      {open && (
        <Sheet open onClose={() => setOpen(false)} title={t('password.title')}>
          <Passwords user={status.data.user} onDone={done} />
        </Sheet>
      )}
    </div>
  );
}

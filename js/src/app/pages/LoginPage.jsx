import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { Claim } from '../../features/auth/Claim.jsx';
import { SignIn } from '../../features/auth/SignIn.jsx';
import { useT } from '../../i18n/useT.js';
import { maySee, refreshSession, useSession } from '../../services/session.js';
import { Mark } from '../../ui/layout/Mark.jsx';
import { wayBack, wayOut } from '../wayBack.js';

export function LoginPage() {
  const { t } = useT();
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const { state, ended } = useSession();
  const code = params.get('pair');
  const back = wayBack(params.get('back'));
  const out = wayOut(params.get('next'));

  // Who is in already, or needs no login, has nothing to do here.
  useEffect(() => {
    if (!maySee() || code) return;
    if (out) location.replace(out);
    else navigate(back, { replace: true });
  }, [state, code, back, out, navigate]);

  const done = async () => {
    client.clear(); // what someone else saw here is not for this person
    await refreshSession();
    if (code) navigate(back, { replace: true });
  };
  return (
    <div className="sign-in-page">
      <div className="sign-in-head">
        <Mark />
        <h1>{t('login.title')}</h1>
        {ended && <p className="field-hint">{t('login.ended')}</p>}
      </div>
      {code ? <Claim code={code} onDone={done} /> : <SignIn onDone={done} />}
    </div>
  );
}

import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { startPairing } from '../../services/api.js';
import { urlOf } from '../../services/request.js';
import { Button } from '../../ui/primitives/Button.jsx';
import './auth.css';

const Qr = lazy(() => import('./Qr.jsx').then((m) => ({ default: m.Qr })));

/** The server's two minutes; before the first tick nothing has passed. */
const LASTS_MS = 120_000;

/** Counted by this device's clock from when the code came: the server's may differ. */
async function askForCode() {
  const pairing = await startPairing();
  return { ...pairing, until: Date.now() + pairing.expires_in * 1000 };
}

/** @param {number | undefined} until in milliseconds */
function useSecondsLeft(until) {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - Math.max(now, until - LASTS_MS)) / 1000));
}

/** A code that signs in a phone, for two minutes and once. */
export function Pair() {
  const { t } = useT();
  const start = useMutation({ mutationFn: askForCode });
  const left = useSecondsLeft(start.data?.until);
  return (
    <div className="pair">
      <p className="field-hint">{t('pair.text')}</p>
      {start.error && (
        <p className="field-error" role="alert">
          {start.error.message}
        </p>
      )}
      {start.data && left > 0 ? (
        <>
          <Suspense fallback={<div className="qr" />}>
            <Qr text={urlOf(start.data.path)} label={t('pair.label')} />
          </Suspense>
          <p>
            {t('pair.left', { count: left })} <code>{start.data.code}</code>
          </p>
        </>
      ) : (
        <Button disabled={start.isPending} onClick={() => start.mutate()}>
          {t('pair.start')}
        </Button>
      )}
    </div>
  );
}

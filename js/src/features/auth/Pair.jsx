import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { startPairing } from '../../services/api.js';
import { urlOf } from '../../services/request.js';
import { Button } from '../../ui/primitives/Button.jsx';

const Qr = lazy(() => import('./Qr.jsx').then((m) => ({ default: m.Qr })));

/** @param {number | undefined} expires Unix seconds */
function useSecondsLeft(expires) {
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    if (expires === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now() / 1000), 1000);
    return () => clearInterval(timer);
  }, [expires]);
  return expires === undefined ? 0 : Math.max(0, Math.ceil(expires - now));
}

/** A code that signs in a phone, for two minutes and once. */
export function Pair() {
  const { t } = useT();
  const start = useMutation({ mutationFn: startPairing });
  const left = useSecondsLeft(start.data?.expires);
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

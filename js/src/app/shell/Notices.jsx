import { useIsFetching, useIsMutating } from '@tanstack/react-query';
import { CloudOff, HardDrive, Hourglass, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { useConnection } from '../../services/connection.js';
import { useKeeping } from '../../services/keep.js';
import { useSession } from '../../services/session.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { useReconnect } from './useReconnect.js';

/** So long nobody wonders whether anything happens. */
const SLOW_MS = 4_000;

/** Whether something that a person waits for has not come for a while. */
function useSlow() {
  const asking = useIsFetching({ predicate: ({ state }) => state.status === 'pending' });
  const sending = useIsMutating();
  const waiting = asking + sending > 0;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [waiting]);
  return slow;
}

/** Whether the server answers, and how fast. */
function Server() {
  const { t } = useT();
  const reachable = useConnection((c) => c.reachable);
  const slow = useSlow();
  useReconnect(!reachable);
  return (
    <div role="status">
      {!reachable && (
        <p className="away">
          <CloudOff size={16} aria-hidden="true" />
          {t('away.title')}
        </p>
      )}
      {reachable && slow && (
        <p className="away">
          <Hourglass size={16} aria-hidden="true" />
          {t('slow.title')}
        </p>
      )}
    </div>
  );
}

/** Says once that this browser keeps nothing. */
function Storage() {
  const { t } = useT();
  const works = useKeeping((k) => k.works);
  const [read, setRead] = useState(false);
  if (works || read) return null;
  return (
    <p className="away" role="status">
      <HardDrive size={16} aria-hidden="true" />
      {t('keep.title')}
      <IconButton label={t('close')} onClick={() => setRead(true)}>
        <X size={16} />
      </IconButton>
    </p>
  );
}

function DefaultPassword() {
  const { t } = useT();
  const weak = useSession((s) => s.defaultCredentials);
  return weak ? <p className="away warn">{t('login.default')}</p> : null;
}

/** What is the matter with the server, the browser or the account, above every page. */
export function Notices() {
  return (
    <>
      <Server />
      <Storage />
      <DefaultPassword />
    </>
  );
}

/** @import { SessionItem } from '../../services/apiTypes.js' */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { getSessions, revokeOtherSessions, revokeSession } from '../../services/api.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { sayError } from '../../ui/primitives/sayError.js';

const KEY = ['sessions'];

/** @param {{ session: SessionItem, onRevoke: () => void, busy: boolean }} props */
function Device({ session, onRevoke, busy }) {
  const { t, lang } = useT();
  const used = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(session.used * 1000);
  return (
    <li className="list-row">
      <MonitorSmartphone size={20} aria-hidden="true" />
      <div className="list-words">
        <strong>{session.device || t('sessions.unknown')}</strong>
        <span>{session.current ? t('sessions.this') : t('sessions.used', { date: used })}</span>
      </div>
      {!session.current && (
        <Button variant="danger" disabled={busy} onClick={onRevoke}>
          {t('sessions.revoke')}
        </Button>
      )}
    </li>
  );
}

/** The devices that are signed in; each can be signed out from here. */
export function Sessions() {
  const { t } = useT();
  const client = useQueryClient();
  const list = useQuery({ queryKey: KEY, queryFn: ({ signal }) => getSessions(signal) });
  const revoke = useMutation({
    mutationFn: (/** @type {string | null} */ id) => (id === null ? revokeOtherSessions() : revokeSession(id)),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
    onError: (error) => sayError(error, t),
  });
  if (list.isError) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data) return <Skeleton style={{ height: 64 }} />;
  const { sessions } = list.data;
  return (
    <>
      <ul className="list">
        {sessions.map((session) => (
          <Device
            key={session.id}
            session={session}
            busy={revoke.isPending}
            onRevoke={() => revoke.mutate(session.id)}
          />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button disabled={revoke.isPending} onClick={() => revoke.mutate(null)}>
          {t('sessions.revokeOthers')}
        </Button>
      )}
    </>
  );
}

/** @import { TokenItem } from '../../services/apiTypes.js' */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { getTokens, revokeToken } from '../../services/api.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { sayError } from '../../ui/primitives/sayError.js';
import { NewToken } from './NewToken.jsx';
import './auth.css';

const KEY = ['tokens'];

/** @param {{ token: TokenItem, onRevoke: () => void, busy: boolean }} props */
function Row({ token, onRevoke, busy }) {
  const { t, lang } = useT();
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'medium' });
  const until = token.expires
    ? t('tokens.until', { date: day.format(token.expires * 1000) })
    : t('tokens.untilRevoked');
  return (
    <li className="list-row">
      <KeyRound size={20} aria-hidden="true" />
      <div className="list-words">
        <strong>{token.name}</strong>
        <span>
          {t(`tokens.access.${token.access}`)} · {until} · {t('sessions.used', { date: day.format(token.used * 1000) })}
        </span>
      </div>
      <Button
        variant="danger"
        disabled={busy}
        aria-label={t('tokens.revokeOne', { name: token.name })}
        onClick={onRevoke}
      >
        {t('tokens.revoke')}
      </Button>
    </li>
  );
}

/** The tokens by which programs sign in; each can be ended from here. */
export function Tokens() {
  const { t } = useT();
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const list = useQuery({ queryKey: KEY, queryFn: ({ signal }) => getTokens(signal) });
  const changed = () => client.invalidateQueries({ queryKey: KEY });
  const revoke = useMutation({
    mutationFn: revokeToken,
    onSettled: changed,
    onError: (error) => sayError(error, t),
  });
  if (list.isError) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data) return <Skeleton style={{ height: 64 }} />;
  return (
    <div className="tokens">
      <p className="field-hint">{t('tokens.text')}</p>
      {list.data.tokens.length > 0 && (
        <ul className="list">
          {list.data.tokens.map((token) => (
            <Row key={token.id} token={token} busy={revoke.isPending} onRevoke={() => revoke.mutate(token.id)} />
          ))}
        </ul>
      )}
      <Button onClick={() => setMaking(true)}>{t('tokens.new')}</Button>
      {making && <NewToken onMade={changed} onClose={() => setMaking(false)} />}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { getHealth } from '../../services/api.js';
import { maySee } from '../../services/session.js';
import { Button } from '../../ui/primitives/Button.jsx';

const EVERY_MS = 5 * 60_000;

/** Asks to reload when the server was updated under the open page. */
export function NewVersion() {
  const { t } = useT();
  const { data } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => getHealth(signal),
    refetchInterval: EVERY_MS,
    enabled: maySee(),
  });
  const version = data?.version ?? null;
  const [first, setFirst] = useState(version);
  if (first === null && version !== null) setFirst(version);
  if (first === null || version === null || first === version) return null;
  return (
    <p className="away" role="status">
      {t('version.new', { version })}
      <Button variant="quiet" onClick={() => location.reload()}>
        <RefreshCw size={16} aria-hidden="true" />
        {t('error.reload')}
      </Button>
    </p>
  );
}

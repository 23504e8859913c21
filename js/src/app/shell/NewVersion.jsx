import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { getHealth } from '../../services/api.js';
import { reloadFresh, useNewBuild } from '../../services/appFiles.js';
import { maySee } from '../../services/session.js';
import { Button } from '../../ui/primitives/Button.jsx';

const EVERY_MS = 5 * 60_000;

/** Asks to reload when the server was updated under the open page, or a newer build of it waits. */
export function NewVersion() {
  const { t } = useT();
  const { data } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => getHealth(signal),
    refetchInterval: EVERY_MS,
    enabled: maySee(),
  });
  const waits = useNewBuild((b) => b.waits);
  const version = data?.version ?? null;
  const [first, setFirst] = useState(version);
  if (first === null && version !== null) setFirst(version);
  const updated = first !== null && version !== null && first !== version;
  if (!updated && !waits) return null;
  return (
    <p className="away" role="status">
      {updated ? t('version.new', { version }) : t('version.ready')}
      <Button variant="quiet" onClick={reloadFresh}>
        <RefreshCw size={16} aria-hidden="true" />
        {t('error.reload')}
      </Button>
    </p>
  );
}

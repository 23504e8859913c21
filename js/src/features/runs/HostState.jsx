import { Hourglass, Unplug } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { useRuns } from './useRuns.js';

/** Says when ComfyUI is away or slow; nothing while all is well. */
export function HostState() {
  const { t } = useT();
  const { data } = useRuns();
  if (!data?.message) return <div role="status" hidden />;
  const Icon = data.connected ? Hourglass : Unplug;
  return (
    <div className="run-host" role="status" data-away={!data.connected || undefined} title={data.message}>
      <Icon size={18} aria-hidden="true" />
      <span>{data.connected ? t('runs.hostSlow') : t('runs.hostAway')}</span>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Workflow } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { getHealth } from '../../services/api.js';
import { urlOf } from '../../services/request.js';

/**
 * Leads to the graph editor with the workflow of a picture; only where CozyGen runs inside ComfyUI.
 * @param {{ id: string }} props
 */
export function OpenInComfyUI({ id }) {
  const { t } = useT();
  const health = useQuery({
    queryKey: ['health', 'host'],
    queryFn: ({ signal }) => getHealth(signal),
    staleTime: Infinity,
  });
  const host = /** @type {{ kind?: string } | undefined} */ (health.data?.parts?.host?.figures);
  if (host?.kind !== 'comfyui') return null;
  return (
    <div className="run-again">
      <a
        className="button"
        data-variant="plain"
        href={urlOf('../', { cozygen_item: id })}
        target="comfyui"
        rel="noreferrer"
      >
        <Workflow size={18} aria-hidden="true" />
        {t('viewer.comfyui')}
      </a>
    </div>
  );
}

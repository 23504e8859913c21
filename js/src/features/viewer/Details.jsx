/** @import { Picture } from '../../services/apiTypes.js' */
import { useQuery } from '@tanstack/react-query';
import { Copy, X } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { getGalleryItem } from '../../services/api.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { factsOf, textsOf } from './facts.js';
import { Long } from './Long.jsx';
import { OpenInComfyUI } from './OpenInComfyUI.jsx';

/** @param {{ name: string, value: string, onCopy: (text: string) => void }} props */
function Text({ name, value, onCopy }) {
  const { t } = useT();
  return (
    <div className="details-text">
      <dt>
        {name}
        <IconButton label={t('meta.copy', { name })} onClick={() => onCopy(value)}>
          <Copy size={16} />
        </IconButton>
      </dt>
      <dd>
        <Long text={value} />
      </dd>
    </div>
  );
}

/** @param {{ name: string, value: string, onCopy?: (text: string) => void }} props */
function Fact({ name, value, onCopy }) {
  const { t } = useT();
  return (
    <div className="details-fact">
      <dt>{name}</dt>
      <dd>
        <Long text={value} />
        {onCopy && (
          <IconButton label={t('meta.copy', { name })} onClick={() => onCopy(value)}>
            <Copy size={16} />
          </IconButton>
        )}
      </dd>
    </div>
  );
}

/** @param {{ item: Picture, onCopy: (text: string) => void }} props */
function Facts({ item, onCopy }) {
  const { t, lang } = useT();
  const texts = textsOf(item.meta);
  return (
    <>
      {texts.length === 0 && <p className="details-none">{t('meta.none')}</p>}
      <dl>
        {texts.map(({ key, value }) => (
          <Text key={key} name={t(key)} value={value} onCopy={onCopy} />
        ))}
        {factsOf(item, lang).map(({ key, value, copy }) => (
          <Fact key={key} name={t(key)} value={value} {...(copy && { onCopy })} />
        ))}
      </dl>
    </>
  );
}

/**
 * How a picture came to be; every part can be copied.
 * @param {{
 *   item: Picture | undefined, gone: boolean, onCopy: (text: string) => void, onClose: () => void,
 *   actions?: React.ReactNode,
 * }} props
 */
export function Details({ item, gone, onCopy, onClose, actions }) {
  const { t } = useT();
  const full = useQuery({
    queryKey: ['gallery', 'item', item?.id, item?.mtime],
    queryFn: ({ signal }) => getGalleryItem(/** @type {Picture} */ (item).id, signal),
    enabled: item !== undefined && !gone,
    staleTime: 60_000,
  });
  return (
    <aside className="details" aria-label={t('viewer.details')}>
      <header>
        <h2>{t('viewer.details')}</h2>
        <IconButton label={t('close')} onClick={onClose}>
          <X size={20} />
        </IconButton>
      </header>
      {gone && <p className="details-none">{t('viewer.missingText')}</p>}
      {full.isError && !gone && <ErrorState message={full.error.message} onRetry={() => full.refetch()} />}
      {full.isPending && !gone && (
        <div className="details-wait" role="status" aria-label={t('loading')}>
          {[90, 100, 96, 60].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%`, height: 14 }} />
          ))}
        </div>
      )}
      {full.data?.meta?.has_prompt && !gone && (
        <>
          {actions}
          <OpenInComfyUI id={full.data.id} />
        </>
      )}
      {full.data && <Facts item={full.data} onCopy={onCopy} />}
    </aside>
  );
}

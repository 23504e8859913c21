import { X } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { createPortal } from 'react-dom';
import { useT } from '../../i18n/useT.js';
import { Button } from './Button.jsx';
import { IconButton } from './IconButton.jsx';
import { Skeleton } from './Skeleton.jsx';

/** @param {{ onRetry: () => void }} props */
function Trouble({ onRetry }) {
  const { t } = useT();
  return (
    <div role="alert" className="late-trouble">
      <p>{t('late.failed')}</p>
      <Button variant="primary" onClick={onRetry}>
        {t('retry')}
      </Button>
    </div>
  );
}

/**
 * What lies above the page while the code of it is fetched: there at once, closed in every way, and says what failed.
 * @param {{ title: string, className?: string, onClose: () => void } & import('./late.jsx').Fetching} props
 */
export function LateFrame({ title, className = 'sheet', onClose, failed, onRetry }) {
  const { t } = useT();
  const onKey = useEffectEvent((/** @type {KeyboardEvent} */ { key }) => key === 'Escape' && onClose());
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return createPortal(
    <>
      <div className="backdrop" role="presentation" onClick={onClose} />
      <div role="dialog" aria-modal="true" aria-label={title} aria-busy={!failed} className={className}>
        <header className="sheet-head">
          <h2>{title}</h2>
          <IconButton label={t('close')} onClick={onClose}>
            <X size={20} />
          </IconButton>
        </header>
        <div className="sheet-body">{failed ? <Trouble onRetry={onRetry} /> : <Skeleton style={{ height: 96 }} />}</div>
      </div>
    </>,
    document.body,
  );
}

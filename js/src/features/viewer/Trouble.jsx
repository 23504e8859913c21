/** @import { Picture } from '../../services/apiTypes.js' */
import { ImageOff, ImageMinus } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { urlOf } from '../../services/request.js';

/**
 * In the place of a picture that went, or that nobody can draw.
 * @param {{ item: Picture, kind: 'gone' | 'broken', onRetry: () => void }} props
 */
export function Trouble({ item, kind, onRetry }) {
  const { t } = useT();
  const gone = kind === 'gone';
  const Icon = gone ? ImageMinus : ImageOff;
  return (
    <div className="viewer-trouble" role="status">
      <Icon size={32} aria-hidden="true" />
      <h2>{gone ? t('viewer.missing') : t('viewer.broken')}</h2>
      <p>{gone ? t('viewer.missingText') : t('viewer.brokenText')}</p>
      {!gone && (
        <div className="actions">
          <Button onClick={onRetry}>{t('retry')}</Button>
          <a className="button" data-variant="plain" href={urlOf(item.url)} download={item.filename}>
            {t('viewer.download')}
          </a>
        </div>
      )}
    </div>
  );
}

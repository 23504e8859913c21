/** @import { PromptAdvice } from '../../services/apiTypes.js' */
import { Copy } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';

/**
 * What the prompt says once its aliases are put in, and how long that is.
 * @param {{ advice: PromptAdvice | null, fresh: boolean, onCopy: (text: string) => void }} props
 */
export function Expanded({ advice, fresh, onCopy }) {
  const { t } = useT();
  const chunks = advice?.chunks.length ?? 0;
  return (
    <section className="expanded" aria-label={t('compose.expanded')} data-stale={!fresh || undefined}>
      <header>
        <h2>{t('compose.expanded')}</h2>
        {advice && (
          <span className="expanded-tokens" title={advice.chunks.join(' + ')}>
            {t('compose.tokens', { count: advice.about_tokens })}
            {chunks > 1 && ` · ${t('compose.chunks', { count: chunks })}`}
          </span>
        )}
        {advice?.expanded && (
          <IconButton label={t('compose.copyExpanded')} onClick={() => onCopy(advice.expanded)}>
            <Copy size={16} />
          </IconButton>
        )}
      </header>
      <p>{advice ? advice.expanded || t('compose.saysNothing') : t('loading')}</p>
    </section>
  );
}

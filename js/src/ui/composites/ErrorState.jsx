import { CircleAlert } from 'lucide-react';
import { errorWords } from '../../i18n/errorWords.js';
import { useT } from '../../i18n/useT.js';
import { Button } from '../primitives/Button.jsx';
import { EmptyState } from './EmptyState.jsx';

/**
 * What a page or a list says when it could not be had.
 * @param {{ error?: import('../../i18n/errorWords.js').Failure, message?: string, onRetry: () => void }} props
 */
export function ErrorState({ error, message = '', onRetry }) {
  const { t } = useT();
  return (
    <div role="alert" className="fill">
      <EmptyState
        icon={<CircleAlert size={32} />}
        title={t('error.title')}
        text={error ? errorWords(error, t) : message}
      >
        <Button variant="primary" onClick={onRetry}>
          {t('retry')}
        </Button>
      </EmptyState>
    </div>
  );
}

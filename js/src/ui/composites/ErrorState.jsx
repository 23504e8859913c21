import { CircleAlert } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { Button } from '../primitives/Button.jsx';
import { EmptyState } from './EmptyState.jsx';

/** @param {{ message: string, onRetry: () => void }} props */
export function ErrorState({ message, onRetry }) {
  const { t } = useT();
  return (
    <div role="alert" className="fill">
      <EmptyState icon={<CircleAlert size={32} />} title={t('error.title')} text={message}>
        <Button variant="primary" onClick={onRetry}>
          {t('retry')}
        </Button>
      </EmptyState>
    </div>
  );
}

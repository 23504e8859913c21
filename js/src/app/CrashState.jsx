import { Bug } from 'lucide-react';
import { useT } from '../i18n/useT.js';
import { EmptyState } from '../ui/composites/EmptyState.jsx';
import { Button } from '../ui/primitives/Button.jsx';
import { useCopy } from './useCopy.js';

/** @param {{ error: Error }} props */
export function CrashState({ error }) {
  const { t } = useT();
  const copy = useCopy();
  const details = `${error.message}\n\n${error.stack ?? ''}\n\n${location.hash}\n${navigator.userAgent}`;
  return (
    <div role="alert" className="fill">
      <EmptyState icon={<Bug size={32} />} title={t('error.crash')} text={t('error.crashText')}>
        <Button variant="primary" onClick={() => location.reload()}>
          {t('error.reload')}
        </Button>
        <Button onClick={() => copy(details)}>{t('error.details')}</Button>
      </EmptyState>
    </div>
  );
}

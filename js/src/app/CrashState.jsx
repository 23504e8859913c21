import { Bug, RefreshCw } from 'lucide-react';
import { useT } from '../i18n/useT.js';
import { reloadFresh } from '../services/appFiles.js';
import { EmptyState } from '../ui/composites/EmptyState.jsx';
import { Button } from '../ui/primitives/Button.jsx';
import { useCopy } from './useCopy.js';

/** A page whose file is gone: the server was updated, or is away. Each browser says it in its own words. @param {Error} error */
const isGoneFile = ({ message }) =>
  /dynamically imported module|importing a module script failed|loading dynamically|unable to preload/i.test(message);

/** @param {{ error: Error }} props */
export function CrashState({ error }) {
  const { t } = useT();
  const copy = useCopy();
  if (isGoneFile(error))
    return (
      <div role="alert" className="fill">
        <EmptyState icon={<RefreshCw size={32} />} title={t('version.gone')} text={t('version.goneText')}>
          <Button variant="primary" onClick={reloadFresh}>
            {t('error.reload')}
          </Button>
        </EmptyState>
      </div>
    );
  const details = `${error.message}\n\n${error.stack ?? ''}\n\n${location.hash}\n${navigator.userAgent}`;
  return (
    <div role="alert" className="fill">
      <EmptyState icon={<Bug size={32} />} title={t('error.crash')} text={t('error.crashText')}>
        <Button variant="primary" onClick={reloadFresh}>
          {t('error.reload')}
        </Button>
        <Button onClick={() => copy(details)}>{t('error.details')}</Button>
      </EmptyState>
    </div>
  );
}

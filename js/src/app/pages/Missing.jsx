import { Compass } from 'lucide-react';
import { Link } from 'wouter';
import { useT } from '../../i18n/useT.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';

export function Missing() {
  const { t } = useT();
  return (
    <div className="page">
      <EmptyState icon={<Compass size={32} />} title={t('missing.title')} text={t('missing.text')}>
        <Link href="/gallery" className="button" data-variant="plain">
          {t('missing.gallery')}
        </Link>
      </EmptyState>
    </div>
  );
}

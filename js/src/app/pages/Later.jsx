import { Hammer } from 'lucide-react';
import { Link } from 'wouter';
import { useT } from '../../i18n/useT.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';

/**
 * Says what this version does not have, instead of pretending.
 * @param {{ page: 'home' | 'library' }} props
 */
export function Later({ page }) {
  const { t } = useT();
  return (
    <div className="page">
      <EmptyState icon={<Hammer size={32} />} title={t(`later.${page}`)} text={t(`later.${page}Text`)}>
        <Link href="/gallery" className="button" data-variant="plain">
          {t('missing.gallery')}
        </Link>
      </EmptyState>
    </div>
  );
}

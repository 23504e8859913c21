import { CalendarDays, Download, ListChecks, SquareCheckBig, Trash2, X } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Menu } from '../../ui/primitives/Menu.jsx';
import { useBackCloses } from '../../ui/primitives/useBackCloses.js';
import { MOST } from './selection.js';

/**
 * How many are chosen and what can be done with them; below the grid, where the thumb is.
 * @param {{
 *   count: number, total: number, busy: boolean, onNone: () => void, onAll: () => void, onDay: (() => void) | null,
 *   onDownload: () => void, onTrash: () => void,
 * }} props `busy`: not yet, or already at it
 */
export function SelectionBar({ count, total, busy, onNone, onAll, onDay, onDownload, onTrash }) {
  const { t } = useT();
  useBackCloses(true, onNone);
  const most = total > MOST ? t('gallery.choose.most', { count: MOST }) : t('gallery.choose.all');
  return (
    <div className="selection-bar" role="toolbar" aria-label={t('gallery.chosenTools')}>
      <IconButton label={t('gallery.choose.none')} onClick={onNone}>
        <X size={22} />
      </IconButton>
      <span role="status">{t('gallery.chosen', { count })}</span>
      <Menu
        label={t('gallery.choose.more')}
        icon={<ListChecks size={20} />}
        entries={[
          { label: most, icon: <SquareCheckBig size={18} />, onChoose: onAll },
          ...(onDay ? [{ label: t('gallery.choose.day'), icon: <CalendarDays size={18} />, onChoose: onDay }] : []),
        ]}
      />
      <IconButton label={t('viewer.download')} disabled={busy || count === 0} onClick={onDownload}>
        <Download size={20} />
      </IconButton>
      <IconButton label={t('viewer.trash')} disabled={busy || count === 0} onClick={onTrash}>
        <Trash2 size={20} />
      </IconButton>
    </div>
  );
}

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { useBackCloses } from './useBackCloses.js';

/**
 * Rises from the bottom on phones, stands in the middle on larger screens.
 * @param {{ open: boolean, onClose: () => void, title: string, children: React.ReactNode }} props
 */
export function Sheet({ open, onClose, title, children }) {
  const { t } = useT();
  useBackCloses(open, onClose);
  return (
    <Dialog.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="sheet">
          <header className="sheet-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={t('close')}>
              <X size={20} />
            </Dialog.Close>
          </header>
          <div className="sheet-body">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

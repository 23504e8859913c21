import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useT } from '../../i18n/useT.js';

/** The sheet itself, loaded when one is opened for the first time. @param {import('./Sheet.jsx').SheetProps} props */
export function SheetPopup({ open, onClose, title, children }) {
  const { t } = useT();
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

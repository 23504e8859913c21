import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useT } from '../../i18n/useT.js';
import { Button } from './Button.jsx';

/** The question itself, loaded when one is asked for the first time. @param {import('./Dialog.jsx').DialogProps} props */
export function DialogPopup({ open, title, text, yes, onYes, onClose }) {
  const { t } = useT();
  const agree = () => {
    onYes();
    onClose();
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description>{text}</AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Close className="button" data-variant="plain">
              {t('cancel')}
            </AlertDialog.Close>
            <Button variant="danger" onClick={agree}>
              {yes}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

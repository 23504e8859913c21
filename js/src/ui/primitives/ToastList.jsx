import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useT } from '../../i18n/useT.js';
import { takeToasts, useToasts } from './toasts.js';

const manager = Toast.createToastManager();

function List() {
  const { t } = useT();
  const { toasts: list } = Toast.useToastManager();
  return list.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={['down', 'right']}>
      <div className="toast-words">
        <Toast.Title />
        <Toast.Description />
      </div>
      {toast.actionProps && <Toast.Action className="button" data-variant="quiet" />}
      <Toast.Close className="icon-button" aria-label={t('close')}>
        <X size={18} />
      </Toast.Close>
    </Toast.Root>
  ));
}

/** The words that were said in passing, each for its time. */
export function ToastList() {
  const waiting = useToasts((s) => s.waiting);
  useEffect(() => {
    for (const words of takeToasts()) manager.add(words);
  }, [waiting]);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

import { useT } from '../i18n/useT.js';
import { copyText } from '../services/clipboard.js';
import { toasts } from '../ui/primitives/toasts.js';

/** Copies a text and says truthfully whether that worked. */
export function useCopy() {
  const { t } = useT();
  return async (/** @type {string} */ text) => {
    if (await copyText(text)) toasts.add({ title: t('copied'), timeout: 2000 });
    else toasts.add({ title: t('copy.failed'), description: t('copy.failedText'), type: 'error' });
  };
}

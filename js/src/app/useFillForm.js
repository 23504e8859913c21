import { untouched, useForms } from '../features/workflow/formStore.js';
import { titleOf } from '../features/workflow/titleOf.js';
import { useT } from '../i18n/useT.js';
import { toasts } from '../ui/primitives/toasts.js';
import { navigate } from './hashLocation.js';

/** Fills a form and goes there; the way back is one tap. */
export function useFillForm() {
  const { t } = useT();
  return (/** @type {string} */ workflow, /** @type {Record<string, any>} */ values) => {
    const { change, choose, entries } = useForms.getState();
    const before = entries[workflow] ?? untouched;
    change(workflow, (entry) => ({ values: { ...entry.values, ...values } }));
    choose(workflow);
    navigate('/controls');
    toasts.add({
      title: t('viewer.filled', { name: titleOf(workflow) }),
      timeout: 8000,
      actionProps: { children: t('compose.undo'), onClick: () => change(workflow, () => before) },
    });
  };
}

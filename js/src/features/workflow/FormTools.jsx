/** @import { WorkflowForm } from '../../services/apiTypes.js' */
import { ArrowDownUp, Bookmark, EllipsisVertical, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Menu } from '../../ui/primitives/Menu.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { untouched, useForms } from './formStore.js';

const ArrangeSheet = lazy(() => import('./ArrangeSheet.jsx').then((m) => ({ default: m.ArrangeSheet })));
const PresetsSheet = lazy(() => import('./PresetsSheet.jsx').then((m) => ({ default: m.PresetsSheet })));

/** @param {string} workflow @param {{ reset: string, undo: string }} words */
function resetAll(workflow, words) {
  const { change, entries } = useForms.getState();
  const before = entries[workflow] ?? untouched;
  change(workflow, () => untouched);
  toasts.add({
    title: words.reset,
    actionProps: { children: words.undo, onClick: () => change(workflow, () => before) },
  });
}

/** What can be done with a form as a whole. @param {{ form: WorkflowForm }} props */
export function FormTools({ form }) {
  const { t } = useT();
  const [open, setOpen] = useState(/** @type {'presets' | 'arrange' | null} */ (null));
  const [seen, setSeen] = useState({ presets: false, arrange: false });
  const close = () => setOpen(null);
  const show = (/** @type {'presets' | 'arrange'} */ what) => {
    setSeen({ ...seen, [what]: true });
    setOpen(what);
  };
  return (
    <>
      <IconButton label={t('presets.title')} onClick={() => show('presets')}>
        <Bookmark size={20} />
      </IconButton>
      <Menu
        label={t('form.tools')}
        icon={<EllipsisVertical size={20} />}
        entries={[
          { label: t('arrange.title'), icon: <ArrowDownUp size={18} />, onChoose: () => show('arrange') },
          {
            label: t('form.resetAll'),
            icon: <RotateCcw size={18} />,
            onChoose: () => resetAll(form.workflow, { reset: t('form.wasReset'), undo: t('undo') }),
          },
        ]}
      />
      <Suspense>
        {seen.presets && <PresetsSheet form={form} open={open === 'presets'} onClose={close} />}
        {seen.arrange && <ArrangeSheet form={form} open={open === 'arrange'} onClose={close} />}
      </Suspense>
    </>
  );
}

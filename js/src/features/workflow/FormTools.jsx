/** @import { WorkflowForm } from '../../services/apiTypes.js' */
import { ArrowDownUp, Bookmark, EllipsisVertical, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Menu } from '../../ui/primitives/Menu.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { ArrangeSheet } from './ArrangeSheet.jsx';
import { untouched, useForms } from './formStore.js';
import { PresetsSheet } from './PresetsSheet.jsx';

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
  const close = () => setOpen(null);
  return (
    <>
      <IconButton label={t('presets.title')} onClick={() => setOpen('presets')}>
        <Bookmark size={20} />
      </IconButton>
      <Menu
        label={t('form.tools')}
        icon={<EllipsisVertical size={20} />}
        entries={[
          { label: t('arrange.title'), icon: <ArrowDownUp size={18} />, onChoose: () => setOpen('arrange') },
          {
            label: t('form.resetAll'),
            icon: <RotateCcw size={18} />,
            onChoose: () => resetAll(form.workflow, { reset: t('form.wasReset'), undo: t('undo') }),
          },
        ]}
      />
      <PresetsSheet form={form} open={open === 'presets'} onClose={close} />
      <ArrangeSheet form={form} open={open === 'arrange'} onClose={close} />
    </>
  );
}

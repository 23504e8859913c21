/** @import { WorkflowItem } from '../../services/apiTypes.js' */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { titleOf } from './titleOf.js';
import { WorkflowList } from './WorkflowList.jsx';

/** @param {{ items: WorkflowItem[], current: string }} props */
export function WorkflowPicker({ items, current }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className="workflow-name"
        aria-haspopup="dialog"
        aria-label={`${t('create.workflows')}: ${titleOf(current)}`}
        onClick={() => setOpen(true)}
      >
        <span>{titleOf(current)}</span>
        <ChevronDown size={18} aria-hidden="true" />
      </button>
      <Sheet open={open} onClose={close} title={t('create.workflows')}>
        <WorkflowList items={items} current={current} onChosen={close} />
      </Sheet>
    </>
  );
}

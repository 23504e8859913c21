import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useBackCloses } from './useBackCloses.js';

/** @import { MenuEntry } from './Menu.jsx' */

/**
 * The menu itself, open at first: it is loaded when its button is pressed for the first time.
 * @param {{ label: string, icon: React.ReactNode, entries: MenuEntry[], className: string }} props
 */
export function MenuPopup({ label, icon, entries, className }) {
  const [open, setOpen] = useState(true);
  useBackCloses(open, () => setOpen(false));
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger className={className} aria-label={label} title={label}>
        {icon}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="menu-place" sideOffset={4} align="end">
          <Base.Popup className="menu">
            {entries.map((entry) => (
              <Entry key={entry.label} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** @param {{ entry: MenuEntry }} props */
function Entry({ entry: { label, icon, onChoose, checked, danger } }) {
  const words = (
    <>
      {icon}
      <span>{label}</span>
      {checked && <Check size={16} aria-hidden="true" />}
    </>
  );
  if (checked === undefined)
    return (
      <Base.Item className="menu-entry" data-danger={danger || undefined} onClick={onChoose}>
        {words}
      </Base.Item>
    );
  return (
    <Base.CheckboxItem className="menu-entry" checked={checked} onCheckedChange={onChoose} closeOnClick>
      {words}
    </Base.CheckboxItem>
  );
}

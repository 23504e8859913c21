import { useState } from 'react';
import { late } from './late.jsx';

const MenuPopup = late(() => import('./MenuPopup.jsx').then((m) => m.MenuPopup));

/**
 * @typedef {object} MenuEntry
 * @property {string} label
 * @property {React.ReactNode} [icon]
 * @property {() => void} onChoose
 * @property {boolean} [checked] given for a choice among several
 * @property {boolean} [danger]
 */

/**
 * Actions behind one button.
 * @param {{ label: string, icon: React.ReactNode, entries: MenuEntry[], className?: string }} props
 */
export function Menu({ label, icon, entries, className = 'icon-button' }) {
  const [pressed, setPressed] = useState(false);
  const button = (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="menu"
      title={label}
      onClick={() => setPressed(true)}
    >
      {icon}
    </button>
  );
  if (!pressed) return button;
  return <MenuPopup label={label} icon={icon} entries={entries} className={className} until={button} />;
}

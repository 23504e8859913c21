import { useState } from 'react';
import { late } from './late.jsx';
import { LateFrame } from './LateFrame.jsx';

/**
 * @typedef {object} MenuEntry
 * @property {string} label
 * @property {React.ReactNode} [icon]
 * @property {() => void} onChoose
 * @property {boolean} [checked] given for a choice among several
 * @property {boolean} [danger]
 */

/** @typedef {{ label: string, icon: React.ReactNode, entries: MenuEntry[], className: string, onGiveUp: () => void }} MenuProps */

/** @param {Pick<MenuProps, 'label' | 'icon' | 'className'> & { busy?: boolean, onPress?: () => void }} props */
const Trigger = ({ label, icon, className, busy, onPress }) => (
  <button
    type="button"
    className={className}
    aria-label={label}
    aria-haspopup="menu"
    aria-busy={busy}
    title={label}
    onClick={onPress}
  >
    {icon}
  </button>
);

const MenuPopup = late(
  () => import('./MenuPopup.jsx').then((m) => m.MenuPopup),
  /** @param {MenuProps & import('./late.jsx').Fetching} props */ ({
    label,
    icon,
    className,
    onGiveUp,
    ...fetching
  }) => (
    <>
      <Trigger label={label} icon={icon} className={className} busy={!fetching.failed} />
      {fetching.failed && (
        <LateFrame title={label} onClose={onGiveUp} failed={fetching.failed} onRetry={fetching.onRetry} />
      )}
    </>
  ),
);

/**
 * Actions behind one button; closes after a choice and gives the focus back.
 * @param {{ label: string, icon: React.ReactNode, entries: MenuEntry[], className?: string }} props
 */
export function Menu({ label, icon, entries, className = 'icon-button' }) {
  const [pressed, setPressed] = useState(false);
  if (!pressed) return <Trigger label={label} icon={icon} className={className} onPress={() => setPressed(true)} />;
  const giveUp = () => setPressed(false);
  return <MenuPopup label={label} icon={icon} entries={entries} className={className} onGiveUp={giveUp} />;
}

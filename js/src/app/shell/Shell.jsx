import { Settings } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useFollowRuns } from '../../features/runs/useRuns.js';
import { useT } from '../../i18n/useT.js';
import { Mark } from '../../ui/layout/Mark.jsx';
import { NewVersion } from './NewVersion.jsx';
import { Notices } from './Notices.jsx';
import { RunPlace } from './RunPlace.jsx';
import { ShortcutsOfApp } from './ShortcutsOfApp.jsx';
import { places } from './places.js';
import './shell.css';

/** @param {{ route: string, label: string, icon: React.ComponentType<{ size: number }>, className?: string }} props */
function Place({ route, label, icon: Icon, className = '' }) {
  const [path] = useLocation();
  return (
    <Link href={route} className={`place ${className}`} aria-current={path === route ? 'page' : undefined}>
      <span className="place-icon">
        <Icon size={22} />
      </span>
      <span>{label}</span>
    </Link>
  );
}

function Navigation() {
  const { t } = useT();
  return (
    <nav className="places" aria-label={t('nav.label')}>
      <Link href="/studio" className="mark" aria-label={`CozyGen: ${t('nav.home')}`}>
        <Mark />
      </Link>
      {places.map(({ route, text, icon }) => (
        <Place key={route} route={route} label={t(text)} icon={icon} />
      ))}
      <RunPlace />
      <Place route="/settings" label={t('nav.settings')} icon={Settings} className="rail-only" />
    </nav>
  );
}

/**
 * Bar below the page on phones, rail beside it from 768 px.
 * @param {{ children: React.ReactNode }} props
 */
export function Shell({ children }) {
  const [path] = useLocation();
  useFollowRuns();
  return (
    <div className="shell">
      {path !== '/login' && <Navigation />}
      {path !== '/login' && <ShortcutsOfApp />}
      <div className="stage">
        <Notices />
        <NewVersion />
        <main>{children}</main>
      </div>
    </div>
  );
}

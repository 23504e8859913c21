import { CloudOff, Settings } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useFollowRuns } from '../../features/runs/useRuns.js';
import { useT } from '../../i18n/useT.js';
import { useConnection } from '../../services/connection.js';
import { useSession } from '../../services/session.js';
import { Mark } from '../../ui/layout/Mark.jsx';
import { NewVersion } from './NewVersion.jsx';
import { RunPlace } from './RunPlace.jsx';
import { ShortcutsOfApp } from './ShortcutsOfApp.jsx';
import { places } from './places.js';
import { useReconnect } from './useReconnect.js';
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

function AwayBanner() {
  const { t } = useT();
  const reachable = useConnection((c) => c.reachable);
  useReconnect(!reachable);
  return (
    <div role="status">
      {!reachable && (
        <p className="away">
          <CloudOff size={16} aria-hidden="true" />
          {t('away.title')}
        </p>
      )}
    </div>
  );
}

function DefaultPassword() {
  const { t } = useT();
  const weak = useSession((s) => s.defaultCredentials);
  return weak ? <p className="away warn">{t('login.default')}</p> : null;
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
        <AwayBanner />
        <DefaultPassword />
        <NewVersion />
        <main>{children}</main>
      </div>
    </div>
  );
}

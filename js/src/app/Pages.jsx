import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { useSession } from '../services/session.js';
import { ErrorBoundary } from './ErrorBoundary.jsx';
import { Missing } from './pages/Missing.jsx';

const GalleryPage = lazy(() => import('./pages/GalleryPage.jsx').then((m) => ({ default: m.GalleryPage })));
const CreatePage = lazy(() => import('./pages/CreatePage.jsx').then((m) => ({ default: m.CreatePage })));
const ComposePage = lazy(() => import('./pages/ComposePage.jsx').then((m) => ({ default: m.ComposePage })));
const HomePage = lazy(() => import('./pages/HomePage.jsx').then((m) => ({ default: m.HomePage })));
const LibraryPage = lazy(() => import('./pages/LibraryPage.jsx').then((m) => ({ default: m.LibraryPage })));
/** Only while developing; a built app has no such page. */
const KitPage = import.meta.env.DEV
  ? lazy(() => import('./pages/KitPage.jsx').then((m) => ({ default: m.KitPage })))
  : Missing;
const LoginPage = lazy(() => import('./pages/LoginPage.jsx').then((m) => ({ default: m.LoginPage })));
const SettingsPage = lazy(() => import('./pages/SettingsPage.jsx').then((m) => ({ default: m.SettingsPage })));

/** Every route of the app; each page falls alone. */
export function Pages() {
  const [path] = useLocation();
  const search = useSearch();
  const out = useSession((s) => s.state === 'out');
  const here = search ? `${path}?${search}` : path;
  if (out && path !== '/login') return <Redirect to={`/login?back=${encodeURIComponent(here)}`} replace />;
  return (
    <ErrorBoundary key={path}>
      <Suspense fallback={<div className="page" aria-busy="true" />}>
        <Switch>
          <Route path="/">
            <Redirect to="/studio" replace />
          </Route>
          <Route path="/gallery" component={GalleryPage} />
          <Route path="/login" component={LoginPage} />
          <Route path="/settings" component={SettingsPage} />
          <Route path="/studio" component={HomePage} />
          <Route path="/controls" component={CreatePage} />
          <Route path="/compose" component={ComposePage} />
          <Route path="/library" component={LibraryPage} />
          <Route path="/aliases">
            <Redirect to={`/library?tab=aliases${search && `&${search}`}`} replace />
          </Route>
          <Route path="/tags">
            <Redirect to={`/library?tab=tags${search && `&${search}`}`} replace />
          </Route>
          <Route path="/_kit" component={KitPage} />
          <Route component={Missing} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

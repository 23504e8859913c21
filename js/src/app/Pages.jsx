import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ErrorBoundary } from './ErrorBoundary.jsx';
import { Later } from './pages/Later.jsx';
import { Missing } from './pages/Missing.jsx';

const GalleryPage = lazy(() => import('./pages/GalleryPage.jsx').then((m) => ({ default: m.GalleryPage })));
const SettingsPage = lazy(() => import('./pages/SettingsPage.jsx').then((m) => ({ default: m.SettingsPage })));

/** Every route of the app; each page falls alone. */
export function Pages() {
  const [path] = useLocation();
  return (
    <ErrorBoundary key={path}>
      <Suspense fallback={<div className="page" aria-busy="true" />}>
        <Switch>
          <Route path="/">
            <Redirect to="/gallery" replace />
          </Route>
          <Route path="/gallery" component={GalleryPage} />
          <Route path="/settings" component={SettingsPage} />
          <Route path="/studio">
            <Later page="home" />
          </Route>
          <Route path="/controls">
            <Later page="create" />
          </Route>
          <Route path="/compose">
            <Later page="compose" />
          </Route>
          <Route path="/library">
            <Later page="library" />
          </Route>
          <Route component={Missing} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

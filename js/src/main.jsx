import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/palette.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/ui-kit.css';
import { App } from './app/App.jsx';
import { keepAppFiles } from './services/appFiles.js';
import { followConnection } from './services/connection.js';
import { followLive } from './services/live.js';
import { makeQueryClient } from './services/queryClient.js';
import { followSession, maySee, useSession } from './services/session.js';
import { followTheme } from './services/theme.js';
import { warmUp } from './ui/primitives/late.jsx';
import { prepareToasts } from './ui/primitives/toasts.js';

followTheme();
followConnection();
followSession();
useSession.subscribe(followLive(maySee));

/** What the first tap may want, fetched when nothing else is going on. */
const WARM_AFTER_MS = 1500;
addEventListener('load', () => setTimeout(() => warmUp().then(prepareToasts), WARM_AFTER_MS));

/** Long after the first page is there: the rest of the app must not come between. */
const KEEP_AFTER_MS = 4000;
if (import.meta.env.PROD) addEventListener('load', () => setTimeout(keepAppFiles, KEEP_AFTER_MS));

createRoot(/** @type {HTMLElement} */ (document.getElementById('root'))).render(
  <StrictMode>
    <App queryClient={makeQueryClient()} />
  </StrictMode>,
);

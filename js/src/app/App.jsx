/** @import { QueryClient } from '@tanstack/react-query' */
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { firstLanguage } from '../i18n/languages.js';
import { WordsProvider } from '../i18n/WordsProvider.jsx';
import { usePreferences } from '../services/preferences.js';
import { Toaster } from '../ui/primitives/Toaster.jsx';
import { useHashLocation } from './hashLocation.js';
import { Pages } from './Pages.jsx';
import { Shell } from './shell/Shell.jsx';

/** @param {{ queryClient: QueryClient }} props */
export function App({ queryClient }) {
  const chosen = usePreferences((p) => p.language);
  return (
    <QueryClientProvider client={queryClient}>
      <WordsProvider lang={firstLanguage(chosen, navigator.languages)}>
        <Router hook={useHashLocation}>
          <Shell>
            <Pages />
          </Shell>
        </Router>
        <Toaster />
      </WordsProvider>
    </QueryClientProvider>
  );
}

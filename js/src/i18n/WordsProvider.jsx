/** @import { Dict } from './translate.js' */
import { useEffect, useMemo, useState } from 'react';
import { en } from './en.js';
import { languages } from './languages.js';
import { translate } from './translate.js';
import { WordsContext } from './useT.js';

/**
 * English is in the first load; another language arrives behind it.
 * @param {{ lang: string, children: React.ReactNode }} props
 */
export function WordsProvider({ lang, children }) {
  const [loaded, setLoaded] = useState({ lang: 'en', dict: /** @type {Dict} */ (en) });
  useEffect(() => {
    let live = true;
    const take = (/** @type {Dict} */ dict) => {
      if (!live) return;
      document.documentElement.lang = lang;
      setLoaded({ lang, dict });
    };
    languages[lang]?.load().then(take, () => {
      // The server is away: English stays, and the shell says that it is away.
    });
    return () => {
      live = false;
    };
  }, [lang]);
  const words = useMemo(
    () => ({
      lang: loaded.lang,
      t: /** @type {import('./useT.js').Words['t']} */ ((key, vars) => translate(loaded.lang, loaded.dict, key, vars)),
    }),
    [loaded],
  );
  return <WordsContext value={words}>{children}</WordsContext>;
}

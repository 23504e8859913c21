/** @import { Dict } from './translate.js' */
import { en } from './en.js';

/** @type {Record<string, { name: string, load: () => Promise<Dict> }>} */
export const languages = {
  en: { name: 'English', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', load: () => import('./de.js').then((m) => m.de) },
};

/**
 * The language to begin with: the person's choice, else the browser's, else English.
 * @param {string | null} chosen
 * @param {readonly string[]} wanted
 */
export function firstLanguage(chosen, wanted) {
  if (chosen && chosen in languages) return chosen;
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages) ?? 'en';
}

// The navigation as it is drawn before the app is there: the places of src/app/shell/Shell.jsx, which takes over.
import { Play, Settings } from 'lucide-react';
import { createElement as h } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { places } from '../src/app/shell/places.js';
import { en } from '../src/i18n/en.js';

/** @param {string} route @param {string} text @param {React.ReactNode} icon @param {string} [className] */
const place = (route, text, icon, className = '') =>
  h(
    'a',
    { key: route, href: `#${route}`, className: `place ${className}` },
    h('span', { className: 'place-icon' }, icon),
    h('span', { className: 'place-word' }, text),
  );

const words = /** @type {Record<string, any>} */ (en);

export function shellMarkup() {
  const navigation = h(
    'nav',
    { className: 'places early', 'aria-label': words['nav.label'] },
    h('span', { className: 'mark' }),
    places.map(({ route, text, icon }) => place(route, words[text], h(icon, { size: 22 }))),
    place('/controls', words['runs.title'], h(Play, { size: 20, fill: 'currentColor' }), 'place-run'),
    place('/settings', words['nav.settings'], h(Settings, { size: 22 }), 'rail-only'),
  );
  return renderToStaticMarkup(h('div', { className: 'shell' }, navigation, h('div', { className: 'stage' })));
}

import { usePreferences } from './preferences.js';

const light = matchMedia('(prefers-color-scheme: light)');

/** @param {'system' | 'dark' | 'light'} theme @param {boolean} systemIsLight */
export function shownTheme(theme, systemIsLight) {
  if (theme !== 'system') return theme;
  return systemIsLight ? 'light' : 'dark';
}

function apply() {
  const { theme, density } = usePreferences.getState();
  const root = document.documentElement;
  root.dataset.theme = shownTheme(theme, light.matches);
  root.dataset.density = density;
  const bar = document.querySelector('meta[name=theme-color]');
  bar?.setAttribute('content', getComputedStyle(root).getPropertyValue('--bg').trim() || '#101011');
}

/** Keeps the page's theme and density as chosen, from before the first paint on. */
export function followTheme() {
  apply();
  light.addEventListener('change', apply);
  usePreferences.subscribe(apply);
}

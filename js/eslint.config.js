import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import jsdoc from 'eslint-plugin-jsdoc';
// @ts-expect-error -- ships no types
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { reactRefresh } from 'eslint-plugin-react-refresh';
import globals from 'globals';
import { direction } from './eslint/direction.js';

/** Missing on plain-http pages of a home network, or meant for one module alone. */
const wrapped = [
  { object: 'crypto', property: 'randomUUID', message: 'Missing on plain http: use services/uuid.js.' },
  { object: 'navigator', property: 'clipboard', message: 'Missing on plain http: use services/clipboard.js.' },
];

export default defineConfig([
  globalIgnores(['dist', 'coverage', 'src/services/apiTypes.d.ts']),
  {
    files: ['**/*.{js,jsx,mjs}'],
    extends: [js.configs.recommended],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', 400],
    },
  },
  // The graph-editor extension: plain modules that ComfyUI loads as they are.
  { files: ['web/**/*.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['worker/**/*.js'],
    languageOptions: {
      globals: { ...globals.serviceworker, document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' },
    },
  },
  {
    files: ['src/**/*.{js,jsx}'],
    extends: [
      jsxA11y.flatConfigs.recommended,
      reactHooks.configs.flat.recommended,
      reactRefresh.configs.vite(),
      jsdoc.configs['flat/recommended-typescript-flavor-error'],
    ],
    plugins: { cozygen: { rules: { direction } } },
    languageOptions: { globals: globals.browser },
    settings: { jsdoc: { mode: 'typescript' } },
    rules: {
      'cozygen/direction': 'error',
      'no-restricted-globals': ['error', { name: 'fetch', message: 'services/request.js is the only fetch.' }],
      'no-restricted-properties': ['error', ...wrapped],
      'no-alert': 'error',
      'jsdoc/require-jsdoc': 'off',
      'jsdoc/require-param-description': 'off',
      'jsdoc/require-property-description': 'off',
      'jsdoc/require-returns': 'off',
      'jsdoc/require-yields': 'off',
      'jsdoc/require-returns-description': 'off',
      'jsdoc/tag-lines': 'off',
      'jsdoc/no-undefined-types': 'off',
      'jsdoc/valid-types': 'off',
      'jsdoc/reject-any-type': 'off',
      // tsc reads several tags on one line, and is what checks parameters.
      'jsdoc/escape-inline-tags': 'off',
      'jsdoc/require-param': 'off',
    },
  },
  // A catalogue is a list: longer with every sentence, never harder to read.
  { files: ['src/i18n/*.js'], rules: { 'max-lines': 'off' } },
  { files: ['src/services/request.js'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['src/services/{clipboard,uuid}.js'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['test/**', 'e2e/**', '**/*.test.{js,jsx}'],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
  },
  {
    files: ['scripts/**', '*.config.js', 'e2e/**', 'eslint/**'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
]);

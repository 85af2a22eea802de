import globals from 'globals';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import tseslint from 'typescript-eslint';
import { houseRules } from './scripts/lint/house-rules.mjs';

/** `house/least-versions` asks for types: each room has its own compiler settings. */
const ROOMS = [
  { files: ['src/**/*.ts'], ignores: ['src/learning/**'], project: 'src/tsconfig.json' },
  { files: ['src/learning/api/**/*.ts'], project: 'src/tsconfig.json' },
  {
    files: ['src/learning/**/*.ts'],
    ignores: ['src/learning/api/**'],
    project: 'src/learning/tsconfig.json',
  },
  { files: ['sw/**/*.ts'], project: 'sw/tsconfig.json' },
];

/**
 * The rules of plugins that oxlint cannot run, and those of the house for what is shipped. The rules of
 * typescript-eslint, and what holds for tests and scripts too, are in .oxlintrc.json.
 */
export default tseslint.config(
  { ignores: ['*', '!src/', '!sw/', 'src/i18n/locales/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    // They run in browsers of any age.
    files: ['src/*.js'],
    languageOptions: { ecmaVersion: 5, sourceType: 'script', globals: globals.browser },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  { files: ['**/*.ts'], extends: [tseslint.configs.base] },
  ...ROOMS.map(({ project, ...room }) => ({
    ...room,
    languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  })),
  {
    files: ['src/{app,pages,ui,widgets}/**/*.ts'],
    extends: [lit.configs['flat/recommended'], litA11y.configs.recommended],
    rules: {
      // All that it finds is a <dialog>, which closes on Escape; a click beside it is one more way.
      'lit-a11y/click-events-have-key-events': 'off',
      // In a <dialog> it says what gets the focus when it opens, as the HTML standard advises.
      'lit-a11y/no-autofocus': 'off',
      // A switch here is a checkbox, whose state browsers report by themselves.
      'lit-a11y/role-has-required-aria-attrs': 'off',
    },
  },
  ...houseRules,
);

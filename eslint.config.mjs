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

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'bases/',
      'build/',
      'test-results/',
      'playwright-report/',
      'src/i18n/locales/',
    ],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'max-lines': ['error', 300] },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', 'prefer-const': 'error' },
  },
  {
    // They run in browsers of any age.
    files: ['src/*.js'],
    languageOptions: { ecmaVersion: 5, sourceType: 'script', globals: globals.browser },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  {
    files: ['**/*.ts'],
    // The rules that ask for types are in .oxlintrc.json.
    extends: [tseslint.configs.strict],
    rules: {
      // The compiler already gives `T | undefined` for an index: `!` is where the code knows better.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
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

import globals from 'globals';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import tseslint from 'typescript-eslint';
import { houseRules } from './scripts/lint/house-rules.mjs';

/** Each room has its own compiler settings, and its rules are checked with them. */
const ROOMS = [
  { files: ['src/**/*.ts'], ignores: ['src/learning/**'], project: 'src/tsconfig.json' },
  { files: ['src/learning/api/**/*.ts'], project: 'src/tsconfig.json' },
  {
    files: ['src/learning/**/*.ts'],
    ignores: ['src/learning/api/**'],
    project: 'src/learning/tsconfig.json',
  },
  { files: ['sw/**/*.ts'], project: 'sw/tsconfig.json' },
  { files: ['test/**/*.ts', 'bench/**/*.ts', '*.config.ts'], project: 'test/tsconfig.json' },
  { files: ['scripts/**/*.ts'], project: 'scripts/tsconfig.json' },
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
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
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
    extends: [tseslint.configs.strictTypeChecked],
    rules: {
      // The compiler already gives `T | undefined` for an index: `!` is where the code knows better.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return this.#fail(problem);` reads well.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The types say that every browser has every interface; the code asks whether it is there.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // There are no enums, and the type of a class is what it can do; both rules are slow.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
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
      // Lit calls a template's listeners with their element as `this`.
      '@typescript-eslint/unbound-method': 'off',
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

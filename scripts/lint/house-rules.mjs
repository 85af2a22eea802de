import { leastVersions } from './least-versions.mjs';
import { untranslated } from './untranslated.mjs';

/**
 * The rules of the house that ESLint checks, beside those that come with its plugins. Who may import
 * what is the allow list in scripts/rooms/allow-list.ts, which `npm run check:rooms` checks.
 */

/** What the content security policy, or good sense, refuses of Lit. */
const UNSAFE_TEMPLATES = [
  {
    regex: '^lit(-html)?/directives/unsafe-',
    message: 'Nothing reaches the page unescaped: bind text.',
  },
  {
    regex: '^lit(-html)?/directives/style-map',
    message:
      'It writes a style attribute, which the content security policy refuses: use ui/style-map.ts.',
  },
];

/** Globals that one room owns. */
const OWNED_GLOBALS = [
  {
    room: 'storage',
    names: ['indexedDB'],
    message: 'IndexedDB lives only in src/storage/: use its read() and write().',
  },
  {
    room: 'platform',
    names: ['localStorage', 'sessionStorage'],
    message: 'With site data blocked, even naming it throws: use platform/web-storage.ts.',
  },
];

/** The globals that no file of a room may name, however it names them. */
function globalsForbiddenIn(files, owned, ignores = []) {
  const list = owned.flatMap(({ names, message }) => names.map((name) => ({ name, message })));
  return {
    files,
    ignores,
    rules: {
      'no-restricted-globals': ['error', ...list],
      'no-restricted-properties': [
        'error',
        ...['window', 'self', 'globalThis'].flatMap((object) =>
          list.map(({ name, message }) => ({ object, property: name, message })),
        ),
      ],
    },
  };
}

const ownersOf = ({ room }) => `src/${room}/**`;

export const houseRules = [
  {
    files: ['src/**/*.ts', 'sw/**/*.ts'],
    plugins: { house: { rules: { 'least-versions': leastVersions, untranslated } } },
    rules: { 'house/least-versions': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/i18n/**'],
    rules: { 'house/untranslated': ['error', 'everything'] },
  },
  {
    // Summaries as Keras prints them, names of layers, what exported files say: English everywhere.
    files: [
      'src/learning/**/*.ts',
      'src/storage/**/*.ts',
      'src/models/formats/**/*.ts',
      'src/platform/flat-table.ts',
    ],
    rules: { 'house/untranslated': ['error', 'problems'] },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: UNSAFE_TEMPLATES }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TemplateElement[value.raw=/font(-size)?:[^;]*\\dpx/]',
          message: 'Text grows with the size that the browser is set to: write rem.',
        },
        {
          selector: 'TemplateElement[value.raw=/@media[^{]*(width|height|orientation)/]',
          message:
            'WebKit keeps old answers to it in shadow roots: write @container, which asks app-shell.ts.',
        },
        {
          selector: 'TemplateElement[value.raw=/\\sstyle="[^"]/]',
          message:
            'The content security policy refuses style attributes: use a class or ui/style-map.ts.',
        },
      ],
    },
  },
  globalsForbiddenIn(['src/**/*.ts', 'sw/**/*.ts'], OWNED_GLOBALS, OWNED_GLOBALS.map(ownersOf)),
  ...OWNED_GLOBALS.map((owner) =>
    globalsForbiddenIn(
      [ownersOf(owner)],
      OWNED_GLOBALS.filter((other) => other !== owner),
    ),
  ),
];

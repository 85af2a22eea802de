import { untranslated } from './untranslated.mjs';

/**
 * The rules that make the house, as ESLint sees them: who may import what. `DOORS` belong to one
 * room or a few; `LAYERS` keep dependencies pointing one way.
 */

/** What only some rooms of src/ may import. */
const DOORS = [
  {
    rooms: ['app', 'pages', 'ui'],
    regex: '^(lit|lit-html|lit-element|@lit(-labs)?)(/(?!localize)|$)',
    message: 'Lit lives only in app/, pages/ and ui/.',
  },
  {
    rooms: ['i18n'],
    regex: '^@lit/localize',
    message: 'What is said goes through i18n/msg.ts.',
  },
  {
    rooms: ['learning'],
    regex: '^(asset-url:)?@tensorflow/',
    message: 'TensorFlow.js lives only in learning/, behind learning/service.ts.',
  },
  {
    rooms: ['storage'],
    regex: '^idb(/|$)',
    message: 'IndexedDB lives only in storage/: use its read() and write().',
  },
];

const LEARNING_DOORWAY = {
  regex: '^(\\.{1,2}/)+learning/(?!(service|client|base-service|base-client|base/spec)\\.ts$)',
  message: 'Outside learning/, only its services, clients and base/spec.ts are for import.',
};

/** What the content security policy, or good sense, refuses of Lit. */
const SAFE_TEMPLATES = [
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

/** What a room must not import from another room, by relative path. */
function above(rooms, message, options = {}) {
  return { regex: `^(\\.{1,2}/)+(${rooms.join('|')})/`, message, ...options };
}

const NEVER_PAGES = above(
  ['app', 'pages', 'ui'],
  'Dependencies point from app/, pages/ and ui/ down to this room, never back.',
);

/** What pages use of app/: the page's one of each thing that outlives them, and no element. */
const APP_DOORWAY = {
  regex:
    '^(\\.{1,2}/)+app/(?!(learning|asked-photo|library-watch|own-bases|training-run|work-under-way|airplane-mode|updates|routes|install-app)\\.ts$)',
  message: 'Of app/, pages import what outlives them, such as app/learning.ts, and no element.',
};

/** A page's folder is flat: one step up is another page. */
const NEVER_ANOTHER_PAGE = {
  regex: '^\\.\\./(?!\\.\\./)|/pages/',
  message: 'Pages do not import each other: what two of them share lives in ui/ or below.',
};

/** Rooms of src/, and what each may not import beside the doors that are not its own. */
const LAYERS = {
  app: [LEARNING_DOORWAY, ...SAFE_TEMPLATES],
  pages: [LEARNING_DOORWAY, APP_DOORWAY, NEVER_ANOTHER_PAGE, ...SAFE_TEMPLATES],
  ui: [
    LEARNING_DOORWAY,
    ...SAFE_TEMPLATES,
    above(['app', 'pages'], 'Pages share ui/; it knows none of them.'),
  ],
  camera: [LEARNING_DOORWAY, NEVER_PAGES],
  photos: [LEARNING_DOORWAY, NEVER_PAGES],
  models: [LEARNING_DOORWAY, NEVER_PAGES],
  image: [LEARNING_DOORWAY, NEVER_PAGES],
  backup: [LEARNING_DOORWAY, NEVER_PAGES],
  learning: [NEVER_PAGES],
  i18n: [
    above(
      [
        'app',
        'pages',
        'ui',
        'camera',
        'photos',
        'models',
        'image',
        'learning',
        'backup',
        'storage',
      ],
      'Every room speaks through i18n/; it knows none of them.',
    ),
  ],
  storage: [
    above(
      ['app', 'pages', 'ui', 'camera', 'photos', 'models', 'image', 'learning', 'backup'],
      'Storage is below every other room: it may know their types, and nothing else of them.',
      { allowTypeImports: true },
    ),
  ],
};

/** The rules for one room; no rooms named means files of src/ that stand in none. */
function room(name, layer) {
  const doors = DOORS.filter(({ rooms }) => !rooms.includes(name)).map(({ regex, message }) => ({
    regex,
    message,
  }));
  const patterns = [...doors, ...layer];
  return {
    files: [name ? `src/${name}/**/*.ts` : 'src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      // The rule above does not see `import()`.
      'no-restricted-syntax': [
        'error',
        ...patterns.map(({ regex, message }) => ({
          selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
          message,
        })),
        {
          selector: 'TemplateElement[value.raw=/font(-size)?:[^;]*\\dpx/]',
          message: 'Text grows with the size that the browser is set to: write rem.',
        },
        {
          selector: 'TemplateElement[value.raw=/\\sstyle="[^"]/]',
          message:
            'The content security policy refuses style attributes: use a class or ui/style-map.ts.',
        },
      ],
    },
  };
}

const INDEXED_DB = 'IndexedDB lives only in src/storage/: use its read() and write().';

export const houseRules = [
  {
    files: ['src/**/*.ts'],
    ignores: ['src/i18n/**'],
    plugins: { house: { rules: { untranslated } } },
    rules: { 'house/untranslated': ['error', 'everything'] },
  },
  {
    // Summaries as Keras prints them, names of layers: English everywhere.
    files: ['src/learning/**/*.ts', 'src/storage/**/*.ts'],
    rules: { 'house/untranslated': ['error', 'problems'] },
  },
  room(undefined, [LEARNING_DOORWAY]),
  ...Object.entries(LAYERS).map(([name, layer]) => room(name, layer)),
  {
    files: ['src/**/*.ts', 'sw/**/*.ts'],
    ignores: ['src/storage/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'indexedDB', message: INDEXED_DB }],
      'no-restricted-properties': [
        'error',
        ...['window', 'self', 'globalThis'].map((object) => ({
          object,
          property: 'indexedDB',
          message: INDEXED_DB,
        })),
      ],
    },
  },
];

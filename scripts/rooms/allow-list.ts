import { LEARNING_ROOMS } from './learning-rooms.ts';
import { GROUND, type Room } from './room.ts';

const PAGE = [...GROUND, 'session', 'ui', 'widgets'];

/**
 * The allow list of the house. Each room names the rooms and the npm packages that its files may
 * import, types and `import()` included; a pair that is not listed is an error, and so is a cycle.
 *
 * A room is a folder below src/; the longest name that matches a file is its room. The list runs
 * bottom up: a room imports only rooms that stand above its own line here. Every room may import its
 * own files.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
  // Ground floor: what every room may use.
  records: {},
  i18n: { packages: ['@lit/localize'] },
  platform: {
    imports: ['records', 'i18n'],
    packages: ['@zip.js/zip.js', 'flatbuffers', 'h5wasm'],
  },

  storage: { imports: GROUND, packages: ['idb'] },
  image: { imports: ['records', 'i18n', 'platform'] },

  'photos/import/films': { imports: ['i18n', 'platform', 'image'], packages: ['mediabunny'] },
  photos: { imports: [...GROUND, 'storage', 'image', 'photos/import/films'] },
  models: { imports: [...GROUND, 'storage'], packages: ['flatbuffers', 'pbf', 'valibot'] },
  camera: { imports: ['i18n', 'platform', 'image'], packages: ['qr'] },

  ...LEARNING_ROOMS,

  // A page of its own, which the export writes into a file.
  'web-page': {
    imports: ['i18n', 'platform', 'image', 'models', 'widgets', 'learning/program'],
  },

  'pages/capture': {
    imports: [...PAGE, 'image', 'photos', 'models', 'camera'],
    packages: ['lit'],
  },
  'pages/live': {
    imports: [...PAGE, 'image', 'photos', 'models', 'camera', 'learning/api'],
    packages: ['lit'],
  },
  // Its camera reads the QR codes of a model.
  'pages/models': {
    imports: [...PAGE, 'photos', 'models', 'camera', 'image'],
    packages: ['lit', 'qr'],
  },
  'pages/settings': {
    imports: [...PAGE, 'storage', 'photos', 'models', 'backup'],
    packages: ['lit'],
  },
  'pages/train': {
    imports: [...PAGE, 'storage', 'photos', 'models', 'learning/api'],
    packages: ['lit'],
  },
  // The six places of Photos share the files beside them, and do not know each other.
  'pages/photos/gallery': {
    imports: ['records', 'i18n', 'photos', 'ui', 'pages/photos'],
    packages: ['lit'],
  },
  'pages/photos/view': {
    imports: [...PAGE, 'photos', 'models', 'learning/api', 'pages/photos'],
    packages: ['lit'],
  },
  'pages/photos/adjust': {
    imports: ['i18n', 'platform', 'image', 'photos', 'session', 'ui', 'widgets'],
    packages: ['lit'],
  },
  'pages/photos/export': {
    imports: ['i18n', 'platform', 'photos', 'session', 'ui'],
    packages: ['lit'],
  },
  // Its last step is to adjust what was imported.
  'pages/photos/import': {
    imports: [...PAGE, 'photos', 'models', 'pages/photos', 'pages/photos/adjust'],
    packages: ['lit'],
  },
  'pages/photos/examine': {
    imports: [...PAGE, 'storage', 'photos', 'learning/api', 'pages/photos'],
    packages: ['lit'],
  },
  'pages/photos': {
    imports: [
      ...PAGE,
      'storage',
      'photos',
      'pages/photos/gallery',
      'pages/photos/view',
      'pages/photos/export',
      'pages/photos/import',
      'pages/photos/examine',
    ],
    packages: ['lit'],
  },
  app: {
    imports: [
      'i18n',
      'platform',
      'storage',
      'photos',
      'models',
      'session',
      'ui',
      'widgets',
      'pages/capture',
      'pages/photos',
      'pages/train',
      'pages/live',
      'pages/models',
      'pages/settings',
    ],
    packages: ['lit'],
  },
};

/** Files that stand in no room: entries of the bundle, and the service worker. */
export const ENTRIES: Readonly<Record<string, Room>> = {
  'src/main.ts': { imports: ['session', 'app'] },
  sw: {
    imports: ['i18n', 'photos'],
    packages: ['workbox-core', 'workbox-precaching', 'workbox-routing'],
  },
};

/** Imports that the build resolves to an address: another thread's entry, a file as it is. */
export const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'learning/api': ['worker-url:../worker/'],
  'learning/export': ['page-parts:../../web-page/'],
  'learning/backend': ['asset-url:@tensorflow/'],
  'learning/network/wasm': ['worker-url:./thread-worker.ts'],
  photos: ['worker-url:./prepare-worker.ts', 'asset-url:./keras/'],
};

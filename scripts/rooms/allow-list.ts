/**
 * The allow list of the house. Each room names the rooms and the npm packages that its files may
 * import, types and `import()` included; a pair that is not listed is an error, and so is a cycle.
 *
 * A room is a folder below src/; the longest name that matches a file is its room. The list runs
 * bottom up: a room imports only rooms that stand above its own line here. Every room may import its
 * own files.
 */
export interface Room {
  readonly imports?: readonly string[];
  readonly packages?: readonly string[];
}

const GROUND = ['records', 'i18n', 'platform'];
const PAGE = [...GROUND, 'session', 'ui', 'widgets'];

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

  // The learning worker.
  'learning/backend': {
    imports: GROUND,
    packages: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-webgpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgl',
      '@tensorflow/tfjs-backend-cpu',
    ],
  },
  'learning/kernels': { packages: ['@tensorflow/tfjs-core'] },
  'learning/input': {
    imports: ['i18n', 'platform', 'image', 'photos'],
    packages: ['@tensorflow/tfjs-core'],
  },
  'learning/model-files': {
    imports: [...GROUND, 'learning/kernels'],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'],
  },
  'learning/network/plan': { imports: ['learning/kernels'] },
  'learning/network/wasm': {
    imports: [
      'platform',
      'learning/backend',
      'learning/kernels',
      'learning/input',
      'learning/network/plan',
    ],
  },
  'learning/network': {
    imports: [
      ...GROUND,
      'learning/backend',
      'learning/kernels',
      'learning/input',
      'learning/model-files',
      'learning/network/plan',
      'learning/network/wasm',
    ],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-converter'],
  },
  'learning/features': {
    imports: [
      ...GROUND,
      'storage',
      'photos',
      'learning/backend',
      'learning/input',
      'learning/model-files',
      'learning/network',
    ],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'],
  },
  'learning/evaluate': {
    imports: ['records', 'platform', 'storage', 'photos', 'learning/features'],
  },
  'learning/optim': {
    imports: [...GROUND, 'learning/backend', 'learning/evaluate'],
    packages: ['@tensorflow/tfjs-core'],
  },
  'learning/head': {
    imports: [
      ...GROUND,
      'learning/backend',
      'learning/features',
      'learning/evaluate',
      'learning/optim',
    ],
    packages: ['@tensorflow/tfjs-core'],
  },
  'learning/fine-tune': {
    imports: [
      ...GROUND,
      'models',
      'learning/backend',
      'learning/kernels',
      'learning/input',
      'learning/model-files',
      'learning/network',
      'learning/features',
      'learning/optim',
      'learning/head',
    ],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'],
  },
  'learning/estimate': { imports: ['records', 'storage', 'learning/input', 'learning/optim'] },
  'learning/training': {
    imports: [
      ...GROUND,
      'storage',
      'photos',
      'models',
      'learning/backend',
      'learning/input',
      'learning/model-files',
      'learning/features',
      'learning/evaluate',
      'learning/optim',
      'learning/head',
      'learning/fine-tune',
      'learning/estimate',
    ],
  },
  'learning/bases': {
    imports: [
      ...GROUND,
      'storage',
      'learning/backend',
      'learning/input',
      'learning/model-files',
      'learning/network',
      'learning/features',
    ],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'],
  },

  'learning/program': {
    imports: [
      'models',
      'learning/kernels',
      'learning/input',
      'learning/network/plan',
      'learning/network/wasm',
    ],
  },

  'learning/export': {
    imports: [
      ...GROUND,
      'photos',
      'models',
      'learning/program',
      'learning/model-files',
      'learning/network',
      'learning/features',
      'learning/evaluate',
      'learning/head',
      'learning/fine-tune',
      'learning/bases',
    ],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'],
  },

  // The page's side of the learning service; the worker shares its types and its error transfer.
  'learning/api': { imports: [...GROUND, 'storage', 'image'], packages: ['comlink'] },
  'learning/worker': {
    imports: [
      ...GROUND,
      'storage',
      'image',
      'photos',
      'models',
      'learning/api',
      'learning/backend',
      'learning/input',
      'learning/model-files',
      'learning/network',
      'learning/features',
      'learning/evaluate',
      'learning/optim',
      'learning/head',
      'learning/fine-tune',
      'learning/estimate',
      'learning/training',
      'learning/bases',
      'learning/export',
    ],
    packages: ['comlink', '@tensorflow/tfjs-core'],
  },

  backup: {
    imports: [...GROUND, 'storage', 'photos', 'models', 'learning/api'],
    packages: ['valibot'],
  },
  session: {
    imports: [...GROUND, 'storage', 'image', 'photos', 'models', 'learning/api', 'backup'],
    packages: ['workbox-window'],
  },

  ui: { imports: ['i18n', 'platform'], packages: ['lit'] },
  widgets: {
    imports: [...GROUND, 'storage', 'image', 'photos', 'models', 'camera', 'learning/api', 'ui'],
    packages: ['lit'],
  },

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

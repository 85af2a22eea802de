import { GROUND, type Room } from './room.ts';

/** What the rooms of the learning worker may import; see allow-list.ts. */
export const LEARNING_ROOMS: Readonly<Record<string, Room>> = {
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
      'learning/network',
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
};

import { expect, test } from '@playwright/test';
import { groupFiles, type Chunk } from '../../scripts/size/groups.ts';

const chunk = (file: string, chunk: Partial<Chunk> = {}): Chunk => ({
  file,
  name: file,
  isEntry: false,
  imports: [],
  dynamicImports: [],
  packages: { 'src/ui': 100 },
  pages: [],
  ...chunk,
});

test('each file of a build is in one group', () => {
  const chunks = [
    chunk('main.js', { name: 'main', isEntry: true, dynamicImports: ['photos.js', 'es.js'] }),
    chunk('photos.js', { pages: ['photos'], imports: ['card.js'], dynamicImports: ['zip.js'] }),
    chunk('card.js'),
    chunk('es.js', { name: 'es', packages: { 'src/i18n/locales': 10 } }),
    chunk('zip.js', { packages: { '@zip.js/zip.js': 90, src: 10 } }),
    chunk('worker.js', { name: 'worker', isEntry: true, dynamicImports: ['tune.js', 'cpu.js'] }),
    chunk('tune.js', { packages: { 'src/learning': 60, '@tensorflow/tfjs-core': 40 } }),
    chunk('cpu.js', {
      packages: { '@tensorflow/tfjs-backend-cpu': 40, '@tensorflow/tfjs-core': 35, long: 25 },
    }),
  ];
  const groups = groupFiles(chunks, ['index.html', 'main.js'], ['a.wasm', 'a.js.map', 'sw.js']);
  expect(Object.fromEntries(groups)).toEqual({
    shell: ['index.html', 'main.js'],
    'page photos': ['photos.js'],
    'pages, shared or on demand': ['card.js'],
    'language es': ['es.js'],
    'zip.js': ['zip.js'],
    'worker, until it answers': ['worker.js'],
    'workers, shared or on demand': ['tune.js'],
    'TensorFlow.js core': ['cpu.js'],
    'backend wasm, its .wasm files': ['a.wasm'],
    'service worker': ['sw.js'],
  });
});

import { chunkList } from './scripts/build/chunk-list.mjs';
import { cleanFolder } from './scripts/build/clean-folder.mjs';
import { copyFolder } from './scripts/build/copy-folder.mjs';
import { hashedIcons, ICONS, MANIFEST } from './scripts/build/hashed-icons.mjs';
import { htmlPage } from './scripts/build/html-page.mjs';
import { metaPolicy } from './scripts/build/meta-policy.mjs';
import { precacheManifest } from './scripts/build/precache-manifest.mjs';
import { productionMode } from './scripts/build/production-mode.mjs';
import { chunkFileNames, minified, onwarn, sources } from './scripts/build/sources.mjs';
import { startChunks } from './scripts/build/start-chunks.mjs';

const DIST = 'dist';

export default [
  {
    // The page and the learning worker, in one graph so that they share chunks.
    input: { main: 'src/main.ts' },
    onwarn,
    output: {
      dir: DIST,
      format: 'es',
      entryFileNames: 'assets/[name]-[hash].js',
      chunkFileNames,
      assetFileNames: 'assets/[name]-[hash][extname]',
      manualChunks: startChunks(),
      onlyExplicitManualChunks: true,
      sourcemap: true,
      // Bytes: a chunk of fewer joins another one, where neither does anything when it loads.
      experimentalMinChunkSize: 2000,
    },
    plugins: [
      cleanFolder(DIST),
      productionMode(),
      ...sources(),
      minified(),
      chunkList('build/chunks.json'),
      htmlPage('src/index.html', 'src/pages/capture/capture-page.ts'),
      metaPolicy('public/_headers'),
      hashedIcons('public'),
      copyFolder('public', DIST, [ICONS, MANIFEST]),
      copyFolder('bases', `${DIST}/bases`),
    ],
  },
  {
    // The service worker: after the page, whose files it lists. Its name must never change.
    input: { sw: 'sw/main.ts' },
    onwarn,
    output: { dir: DIST, format: 'iife', entryFileNames: '[name].js', sourcemap: false },
    plugins: [productionMode(), ...sources(), precacheManifest(DIST), minified()],
  },
  {
    // To publish in the place of sw.js should that be broken: docs/kill-switch.md.
    input: { 'kill-switch': 'sw/kill-switch.ts' },
    onwarn,
    output: { dir: DIST, format: 'iife', entryFileNames: '[name].js', sourcemap: false },
    plugins: [...sources(), minified()],
  },
];

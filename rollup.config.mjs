import { cleanFolder } from './scripts/build/clean-folder.mjs';
import { copyFolder } from './scripts/build/copy-folder.mjs';
import { firstPageChunk } from './scripts/build/first-page-chunk.mjs';
import { htmlPage } from './scripts/build/html-page.mjs';
import { metaPolicy } from './scripts/build/meta-policy.mjs';
import { precacheManifest } from './scripts/build/precache-manifest.mjs';
import { productionMode } from './scripts/build/production-mode.mjs';
import { chunkFileNames, minified, onwarn, sources } from './scripts/build/sources.mjs';

const DIST = 'dist';
const FIRST_PAGE = 'src/pages/capture/capture-page.ts';

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
      manualChunks: firstPageChunk(['src/app/app-shell.ts', FIRST_PAGE]),
      onlyExplicitManualChunks: true,
      sourcemap: true,
    },
    plugins: [
      cleanFolder(DIST),
      productionMode(),
      ...sources(),
      minified(),
      htmlPage('src/index.html', FIRST_PAGE),
      metaPolicy('public/_headers'),
      copyFolder('public', DIST),
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

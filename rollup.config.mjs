import { appBundle } from './scripts/build/app-bundle.mjs';
import { chunkList } from './scripts/build/chunk-list.mjs';
import { cleanFolder } from './scripts/build/clean-folder.mjs';
import { precacheManifest } from './scripts/build/precache-manifest.mjs';
import { productionMode } from './scripts/build/production-mode.mjs';
import { minified, onwarn, sources } from './scripts/build/sources.mjs';

const DIST = 'dist';

export default [
  appBundle(DIST, {
    before: [cleanFolder(DIST)],
    after: [minified(), chunkList('build/chunks.json')],
  }),
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

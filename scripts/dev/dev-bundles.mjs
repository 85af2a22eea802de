import { appBundle } from '../build/app-bundle.mjs';
import { onwarn, sources } from '../build/sources.mjs';
import { bundledPackages } from './bundled-packages.mjs';

/**
 * The bundles of `npm run dev`: the app as in a release, but with separately bundled npm packages,
 * without minification and tree shaking, and with a service worker that caches no files.
 *
 * @param {string} dir
 * @returns {import('rollup').RollupOptions[]}
 */
export function devBundles(dir) {
  return [
    { ...appBundle(dir, { before: [bundledPackages(dir)] }), treeshake: false },
    {
      input: { sw: 'sw/development.ts' },
      onwarn,
      output: { dir, format: 'iife', entryFileNames: '[name].js' },
      plugins: sources(),
    },
  ];
}

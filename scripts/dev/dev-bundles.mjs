import { appBundle } from '../build/app-bundle.mjs';
import { onwarn, sources } from '../build/sources.mjs';
import { bundledPackages } from './bundled-packages.mjs';

/**
 * What `npm run dev` builds: the app as for a release, but with the npm packages bundled once,
 * nothing minified or shaken off, and a service worker that keeps no files.
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

import { copyFolder } from './copy-folder.mjs';
import { hashedIcons, ICONS, MANIFEST } from './hashed-icons.mjs';
import { htmlPage } from './html-page.mjs';
import { metaPolicy } from './meta-policy.mjs';
import { productionMode } from './production-mode.mjs';
import { chunkFileNames, onwarn, sources } from './sources.mjs';
import { startChunks } from './start-chunks.mjs';

const FIRST_PAGE = 'src/pages/capture/capture-page.ts';

/**
 * The page and the learning worker, in one graph so that they share chunks: for a release and for
 * `npm run dev`.
 *
 * @param {string} dir where the app is written
 * @param {{ before?: import('rollup').Plugin[], after?: import('rollup').Plugin[] }} plugins that run
 *   before and after those that compile the sources
 * @returns {import('rollup').RollupOptions & { output: import('rollup').OutputOptions }}
 */
export function appBundle(dir, { before = [], after = [] }) {
  return {
    input: { main: 'src/main.ts' },
    onwarn,
    output: {
      dir,
      format: 'es',
      entryFileNames: 'assets/[name]-[hash].js',
      chunkFileNames,
      assetFileNames: 'assets/[name]-[hash][extname]',
      manualChunks: startChunks(),
      onlyExplicitManualChunks: true,
      sourcemap: true,
    },
    plugins: [
      ...before,
      productionMode(),
      ...sources(),
      ...after,
      htmlPage('src/index.html', FIRST_PAGE),
      metaPolicy('public/_headers'),
      hashedIcons('public'),
      copyFolder('public', dir, [ICONS, MANIFEST]),
      copyFolder('bases', `${dir}/bases`),
    ],
  };
}

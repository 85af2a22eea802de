import { cleanFolder } from '../../scripts/build/clean-folder.mjs';
import { copyFolder } from '../../scripts/build/copy-folder.mjs';
import { htmlPage } from '../../scripts/build/html-page.mjs';
import { chunkFileNames, onwarn, sources } from '../../scripts/build/sources.mjs';

const DIR = 'build/harness';

/** The harness page, built just as the app is: same sources, same worker, same chunks. */
export default {
  input: { main: 'test/harness/main.ts' },
  onwarn,
  output: {
    dir: DIR,
    format: 'es',
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames,
    // A request costs each test more than the bytes of a module that it does not need.
    experimentalMinChunkSize: 20_000,
    assetFileNames: 'assets/[name]-[hash][extname]',
  },
  plugins: [
    cleanFolder(DIR),
    ...sources(),
    htmlPage('test/harness/index.html'),
    copyFolder('bases', `${DIR}/bases`),
  ],
};

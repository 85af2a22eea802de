import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { build } from 'esbuild';

/** The folder of the packages, relative to the app's folder; a hash is appended. */
const FOLDER = 'assets/packages-';

/** An import such as `lit` or `lit/decorators.js`; a file of another kind is not code. */
const PACKAGE = /^(?:@[\w.-]+\/)?\w[\w.-]*(?:\/[\w./-]+)?(?<!\.wasm)$/;

/** Modules of Node that packages import, but never use in a browser. */
const NODE_MODULES = ['fs', 'path', 'os', 'worker_threads', 'perf_hooks', 'crypto', 'util'];

/**
 * Bundles the npm packages that the sources import, once, with esbuild; the imports stay in the
 * code for the browser. Rollup then processes only the app's own modules, so that it needs a
 * fraction of a second for each change. The folder's name contains a hash of the packages' names
 * and versions, so a browser may cache its files for ever, and the next start reuses them.
 *
 * @param {string} dir the app's folder
 * @returns {import('rollup').Plugin}
 */
export function bundledPackages(dir) {
  const specifiers = new Set();
  let folder = '';
  return {
    name: 'bundled-packages',
    resolveId(source, importer) {
      if (importer === undefined || !PACKAGE.test(source)) return null;
      specifiers.add(source);
      return { id: source, external: true };
    },
    outputOptions: (options) => ({
      ...options,
      paths: (id) => (specifiers.has(id) ? `./${folder}/${fileOf(id)}.js` : id),
    }),
    async renderStart() {
      const names = [...specifiers].sort();
      const lock = await readFile('package-lock.json');
      const hash = createHash('sha256').update(lock).update(names.join('\n')).digest('hex');
      const path = `${FOLDER}${hash.slice(0, 8)}`;
      folder = path.slice(path.indexOf('/') + 1);
      if (await isFolder(`${dir}/${path}`)) return;
      await bundle(names, `${dir}/${path}`);
    },
  };
}

/** @param {readonly string[]} names @param {string} outdir */
async function bundle(names, outdir) {
  await build({
    entryPoints: Object.fromEntries(names.map((name) => [fileOf(name), name])),
    outdir,
    bundle: true,
    // One instance of each module, whatever imports it.
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external: NODE_MODULES,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
}

/** @param {string} specifier such as `lit/decorators.js` */
function fileOf(specifier) {
  return specifier.replace(/^@/, '').replace(/\.js$/, '').replaceAll('/', '_');
}

/** @param {string} path */
async function isFolder(path) {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

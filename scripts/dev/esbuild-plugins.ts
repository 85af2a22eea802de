import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OnResolveArgs, Plugin } from 'esbuild';
import { NODE_MODULES } from '../build/sources.mjs';
import { makePageParts, partsModule } from '../build/page-parts.mjs';

/**
 * `import url from 'worker-url:./worker.ts'` gives the address of the worker's bundle. Unlike Rollup,
 * esbuild cannot add an entry point to a build that runs: this tells which are needed.
 *
 * @param onWorker called with the path of each worker's entry that the sources import
 */
export function workerUrls(onWorker: (path: string) => void): Plugin {
  return prefixed('worker-url', (path) => {
    onWorker(path);
    return addressModule(`${basename(path, '.ts')}-dev.js`);
  });
}

/**
 * `import url from 'asset-url:package/file.wasm'` copies the file beside the bundles and gives its
 * address.
 *
 * @param folder where the bundles are written
 */
export function assetFiles(folder: string): Plugin {
  return prefixed('asset-url', async (path) => {
    await mkdir(folder, { recursive: true });
    await copyFile(path, join(folder, basename(path)));
    return addressModule(basename(path));
  });
}

/** `import { markup, style, script } from 'page-parts:./main.ts'`, as scripts/build/page-parts.mjs. */
export function pageParts(): Plugin {
  return prefixed('page-parts', async (path) => partsModule(await makePageParts(path)));
}

/** The folder of the bundled packages, beside the app's own bundles. */
export const PACKAGES = 'packages';

/** An import such as `lit` or `lit/decorators.js`. */
const PACKAGE = /^(?:@[\w.-]+\/)?\w[\w.-]*(?:\/[\w./-]+)?$/;

/** The name of the bundle of a package, without its ending. */
export function packageFile(name: string): string {
  return name.replace(/^@/, '').replace(/\.js$/, '').replaceAll('/', '_');
}

/**
 * Leaves the imports of npm packages in the code, for bundles of their own.
 *
 * @param onPackage called with each name that the sources import
 */
export function packageFiles(onPackage: (name: string) => void): Plugin {
  return {
    name: 'package-files',
    setup(build) {
      build.onResolve({ filter: PACKAGE }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined;
        onPackage(path);
        return { path: `./${PACKAGES}/${packageFile(path)}.js`, external: true };
      });
    },
  };
}

/** An empty module for each of Node that packages name, but never use in a browser. */
export function withoutNode(): Plugin {
  return {
    name: 'without-node',
    setup(build) {
      build.onResolve({ filter: /^(?:node:.+|\w+)$/ }, ({ path }) =>
        path.startsWith('node:') || NODE_MODULES.includes(path)
          ? { path, namespace: 'without-node' }
          : undefined,
      );
      build.onLoad({ filter: /./, namespace: 'without-node' }, () => ({ contents: '' }));
    },
  };
}

/**
 * Imports that begin with a prefix and a colon.
 *
 * @param moduleOf the code in place of the file behind the prefix; called in each build
 */
function prefixed(prefix: string, moduleOf: (path: string) => string | Promise<string>): Plugin {
  return {
    name: prefix,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${prefix}:`) }, (args) => ({
        path: pathOf(args),
        namespace: prefix,
      }));
      build.onLoad({ filter: /./, namespace: prefix }, async ({ path }) => ({
        contents: await moduleOf(path),
      }));
    },
  };
}

/** The file behind the prefix; that of a package too if its `exports` hide it. */
function pathOf({ path, resolveDir }: OnResolveArgs): string {
  const file = path.slice(path.indexOf(':') + 1);
  if (file.startsWith('.')) return resolve(resolveDir, file);
  return fileURLToPath(import.meta.resolve(file));
}

function addressModule(file: string): string {
  return `export default new URL('./${file}', import.meta.url).href;`;
}

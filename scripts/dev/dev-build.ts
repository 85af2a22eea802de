import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, context, type BuildContext, type BuildOptions } from 'esbuild';
import { fillPage } from '../build/html-page.mjs';
import { CONSTANTS } from '../build/sources.mjs';
import {
  assetFiles,
  packageFile,
  packageFiles,
  PACKAGES,
  pageParts,
  withoutNode,
  workerUrls,
} from './esbuild-plugins.ts';

const PAGE = 'src/index.html';

/** What the build of an app shares with that of its service worker. */
const COMMON = {
  bundle: true,
  target: 'es2022',
  platform: 'browser',
  define: { 'process.env.NODE_ENV': '"production"', ...CONSTANTS },
  charset: 'utf8',
  sourcemap: true,
  logLevel: 'silent', // the caller prints what failed
} satisfies BuildOptions;

/**
 * The app for development: esbuild keeps every module that has not changed, and the npm packages are
 * bundled once, so a build after a change takes a fraction of a second, where Rollup parses all
 * modules anew. Unlike a release, it is not minified, chunks are as esbuild splits them, decorators
 * have the form of the sources, names of entries and assets have no hash, and the service worker
 * caches nothing.
 */
export class DevBuild {
  readonly #dir: string;
  readonly #assets: string;
  #context: BuildContext | undefined;
  /** The workers that are entries of the context, and the packages that are bundled. */
  #workers: readonly string[] = [];
  #bundled: readonly string[] = [];
  /** What the sources import, as the last build found it. */
  readonly #found = { workers: new Set<string>(), packages: new Set<string>() };

  /** @param dir the app's folder, which is empty or from an earlier build */
  constructor(dir: string) {
    this.#dir = dir;
    this.#assets = join(dir, 'assets');
  }

  /**
   * Builds what has changed.
   *
   * @throws BuildFailure of esbuild with the places of the errors
   */
  async build(): Promise<void> {
    await Promise.all([this.#bundle(), this.#copyPage(), this.#buildServiceWorker()]);
  }

  /** Ends what keeps the modules for the next build. */
  async end(): Promise<void> {
    await this.#context?.dispose();
  }

  /** Copies the bases, which are the largest files. */
  async copyBases(): Promise<void> {
    await copyVisible('bases', join(this.#dir, 'bases'));
  }

  /** Entries need a new context: for workers that the sources begin or cease to import. */
  async #bundle(): Promise<void> {
    let workers = this.#workers.filter((path) => existsSync(path));
    do {
      if (!this.#context || !areSame(workers, this.#workers)) {
        await this.#context?.dispose();
        this.#workers = workers;
        this.#context = await context(this.#options());
      }
      for (const found of Object.values(this.#found)) found.clear();
      await this.#context.rebuild();
      workers = [...this.#found.workers].sort();
    } while (!areSame(workers, this.#workers));
    const packages = [...this.#found.packages].sort();
    if (areSame(packages, this.#bundled)) return;
    await this.#bundlePackages(packages);
    this.#bundled = packages;
  }

  /** All at once, so that each module of a package is there once, whatever imports it. */
  async #bundlePackages(packages: readonly string[]): Promise<void> {
    const named = packages.map((name) => [packageFile(name), name]);
    await build({
      ...COMMON,
      entryPoints: Object.fromEntries(named) as Record<string, string>,
      outdir: join(this.#assets, PACKAGES),
      splitting: true,
      format: 'esm',
      sourcemap: false,
      plugins: [withoutNode()],
    });
  }

  #options(): BuildOptions {
    return {
      ...COMMON,
      entryPoints: ['src/main.ts', ...this.#workers],
      outdir: this.#assets,
      entryNames: '[name]-dev',
      chunkNames: '[name]-[hash]',
      splitting: true,
      format: 'esm',
      plugins: [
        workerUrls((path) => this.#found.workers.add(path)),
        assetFiles(this.#assets),
        pageParts(),
        packageFiles((name) => this.#found.packages.add(name)),
      ],
    };
  }

  async #buildServiceWorker(): Promise<void> {
    const outfile = join(this.#dir, 'sw.js');
    await build({ ...COMMON, entryPoints: ['sw/development.ts'], outfile, format: 'iife' });
  }

  async #copyPage(): Promise<void> {
    await mkdir(this.#assets, { recursive: true });
    const html = await fillPage(PAGE, {
      entry: 'assets/main-dev.js',
      addFile: async (name, source) => {
        await writeFile(join(this.#assets, name), source);
        return `assets/${name}`;
      },
    });
    await writeFile(join(this.#dir, 'index.html'), html);
    await copyVisible('public', this.#dir);
  }
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  return some.join() === others.join();
}

/** Copies a folder without its hidden files, such as an unfinished base. */
async function copyVisible(from: string, to: string): Promise<void> {
  const filter = (source: string) => !/(^|\/)\./.test(relative(from, source));
  await cp(from, to, { recursive: true, filter });
}

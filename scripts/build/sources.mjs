import { readFileSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild, { minify } from 'rollup-plugin-esbuild';
import { coverage } from '../coverage/rollup-plugin.mjs';
import { assetUrls } from './asset-urls.mjs';
import { SYNTAX_TARGETS } from './least-versions.mjs';
import { pageParts } from './page-parts.mjs';
import { COMPACT_TSCONFIG, compactDecorators } from './compact-decorators.mjs';

/** The version of the app, which is stored only there. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What the sources know of the build, as code. */
export const CONSTANTS = { __APP_VERSION__: JSON.stringify(version) };

/** Modules of Node that packages import, but never use in a browser. */
export const NODE_MODULES = ['fs', 'path', 'os', 'worker_threads', 'perf_hooks', 'crypto', 'util'];

/**
 * The plugins of every bundle: TypeScript, npm packages, `worker-url:` and `asset-url:` imports.
 */
export const sources = () => [
  assetUrls(),
  pageParts(),
  withoutNode(),
  coverage(),
  nodeResolve({ browser: true, extensions: ['.ts', '.mjs', '.js'] }),
  // Emscripten's loader requires them only in Node; the calls stay in the code, but never run.
  commonjs({ ignore: NODE_MODULES }),
  compactDecorators(),
  esbuild({
    target: SYNTAX_TARGETS,
    tsconfig: false,
    tsconfigRaw: COMPACT_TSCONFIG,
    charset: 'utf8',
    define: CONSTANTS,
  }),
];

/**
 * An empty module in place of one of Node that Mediabunny names: only its code for Node calls it.
 *
 * @returns {import('rollup').Plugin}
 */
function withoutNode() {
  const empty = '\0without-node';
  return {
    name: 'without-node',
    resolveId: (id) => (id === 'node:fs/promises' ? empty : undefined),
    load: (id) => (id === empty ? 'export {};' : undefined),
  };
}

/**
 * Names a chunk that is a whole package after the package, because `dist` would not identify it.
 *
 * @param {import('rollup').PreRenderedChunk} chunk
 */
export function chunkFileNames({ facadeModuleId }) {
  const name = /node_modules\/(?:@[^/]+\/)?([^/]+)\//.exec(facadeModuleId ?? '')?.[1] ?? '[name]';
  return `assets/${name}-[hash].js`;
}

/** The plugin that minifies a release. */
export const minified = () =>
  minify({
    target: SYNTAX_TARGETS,
    legalComments: 'none',
    // Arabic letters stay as they are, because escapes have six characters each.
    charset: 'utf8',
    // The `require` calls of Node's modules; see commonjs above.
    logOverride: { 'unsupported-require-call': 'silent' },
  });

/**
 * Makes every warning fail the build, except two about compiled packages: helper functions of
 * TypeScript in TensorFlow.js and Mediabunny, and modules of Mediabunny that import each other.
 *
 * @type {import('rollup').WarningHandlerWithDefault}
 */
export function onwarn(warning) {
  const { code, id = '', ids = [], message } = warning;
  const isMediabunny = (/** @type {string} */ file) => file.includes('/node_modules/mediabunny/');
  const hasHelpers = id.includes('@tensorflow') || isMediabunny(id);
  if (code === 'THIS_IS_UNDEFINED' && hasHelpers) return;
  if (code === 'CIRCULAR_DEPENDENCY' && ids.every(isMediabunny)) return;
  throw new Error(message);
}

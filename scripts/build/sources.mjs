import { readFileSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild, { minify } from 'rollup-plugin-esbuild';
import { assetUrls } from './asset-urls.mjs';
import { COMPACT_TSCONFIG, compactDecorators } from './compact-decorators.mjs';

/** The one place of the app's version. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** TypeScript, npm packages, `worker-url:` and `asset-url:` imports: what every bundle here needs. */
export const sources = () => [
  assetUrls(),
  nodeResolve({ browser: true, extensions: ['.ts', '.mjs', '.js'] }),
  // Emscripten's loader asks for these under Node only; here the calls stay, and are never reached.
  commonjs({ ignore: ['fs', 'path', 'os', 'worker_threads', 'perf_hooks', 'crypto', 'util'] }),
  compactDecorators(),
  esbuild({
    target: 'es2022',
    tsconfig: false,
    tsconfigRaw: COMPACT_TSCONFIG,
    charset: 'utf8',
    define: { __APP_VERSION__: JSON.stringify(version) },
  }),
];

/**
 * A chunk that is a whole package is named after it: `dist` would say nothing.
 *
 * @param {import('rollup').PreRenderedChunk} chunk
 */
export function chunkFileNames({ facadeModuleId }) {
  const name = /node_modules\/(?:@[^/]+\/)?([^/]+)\//.exec(facadeModuleId ?? '')?.[1] ?? '[name]';
  return `assets/${name}-[hash].js`;
}

/** What is shipped is minified. */
export const minified = () =>
  minify({
    target: 'es2022',
    legalComments: 'none',
    // Arabic as it is, not as escapes of six letters each.
    charset: 'utf8',
    // The requires of Node's modules that stay: see commonjs above.
    logOverride: { 'unsupported-require-call': 'silent' },
  });

/**
 * A warning fails the build, but for one about old TypeScript output in TensorFlow.js.
 *
 * @type {import('rollup').WarningHandlerWithDefault}
 */
export function onwarn(warning) {
  if (warning.code === 'THIS_IS_UNDEFINED' && warning.id?.includes('@tensorflow')) return;
  throw new Error(warning.message);
}

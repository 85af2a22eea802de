import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';
import { assetUrls } from './asset-urls.mjs';

/** TypeScript, npm packages, `worker-url:` and `asset-url:` imports: what every bundle here needs. */
export const sources = () => [
  assetUrls(),
  nodeResolve({ browser: true, extensions: ['.ts', '.mjs', '.js'] }),
  // Emscripten's loader asks for these under Node only; here the calls stay, and are never reached.
  commonjs({ ignore: ['fs', 'path', 'os', 'worker_threads', 'perf_hooks', 'crypto', 'util'] }),
  esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' }),
];

/**
 * A warning fails the build, but for the one of old TypeScript output in TensorFlow.js.
 *
 * @type {import('rollup').WarningHandlerWithDefault}
 */
export function onwarn(warning) {
  if (warning.code === 'THIS_IS_UNDEFINED' && warning.id?.includes('@tensorflow')) return;
  throw new Error(warning.message);
}

import * as tf from '@tensorflow/tfjs-core';
import plainWasm from 'asset-url:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm';
import simdWasm from 'asset-url:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { msg, str } from '../../i18n/msg.ts';
import type { BackendName } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import { DeviceWatch } from './device-watch.ts';
import { gpuAdapter } from './gpu-adapter.ts';

/** The backend that TensorFlow.js uses now. */
export interface ActiveBackend {
  readonly name: BackendName;
  /** Shown to the user: the GPU's name, or "CPU". */
  readonly device: string;
  /** Reads tensors back, and detects a lost or failing device. */
  readonly watch: DeviceWatch;
}

/**
 * The backends in order of preference. WebGPU on a fallback adapter is skipped: it computes on the
 * CPU, far slower than wasm.
 */
export const PREFERENCE: readonly BackendName[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

/** Seconds to wait for an answer of a GPU emulated in software, which can take minutes. */
const SOFTWARE_TIMEOUT = 600;

/**
 * Loads a backend's code and makes it TensorFlow.js's backend.
 *
 * @param forced uses WebGPU even if its adapter is only a fallback adapter
 * @throws Problem `backend` when the backend does not start here
 */
export async function activateBackend(name: BackendName, forced: boolean): Promise<ActiveBackend> {
  try {
    switch (name) {
      case 'webgpu':
        return await activateWebGpu(forced);
      case 'wasm':
        return await activateWasm();
      case 'webgl':
        return await activateWebGl();
      case 'cpu':
        await import('@tensorflow/tfjs-backend-cpu');
        await setBackend(name);
        return { name, device: 'CPU', watch: new DeviceWatch() };
    }
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw new Problem('backend', msg(str`The ${name} backend does not start here.`), {
      cause: thrown,
    });
  }
}

async function activateWebGpu(forced: boolean): Promise<ActiveBackend> {
  const adapter = await gpuAdapter();
  if (!adapter) throw new Problem('backend', msg('This browser has no WebGPU adapter.'));
  const { info, isFallback } = adapter;
  if (isFallback && !forced) {
    throw new Problem('backend', msg('WebGPU only has a software adapter here.'));
  }
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  await setBackend('webgpu');
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend))
    throw new Problem('backend', msg('WebGPU does not start.'));
  // Browsers fill in different fields: often vendor and architecture, rarely the card's name.
  const names = [info?.description, info?.vendor, info?.architecture, info?.device].filter(Boolean);
  const device = names.join(', ') || 'GPU';
  const watch = new DeviceWatch(isFallback ? SOFTWARE_TIMEOUT : undefined);
  watch.followWebGpu(backend.device);
  return { name: 'webgpu', device, watch };
}

async function activateWebGl(): Promise<ActiveBackend> {
  const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl');
  await setBackend('webgl');
  const backend = tf.backend();
  if (!(backend instanceof MathBackendWebGL))
    throw new Problem('backend', msg('WebGL does not start.'));
  const { gl } = backend.gpgpu;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : '';
  const software = /swiftshader|llvmpipe|software/i.test(renderer);
  const watch = new DeviceWatch(software ? SOFTWARE_TIMEOUT : undefined);
  // The types of TensorFlow.js omit the canvas; in a worker it is an OffscreenCanvas.
  watch.followWebGl((gl as unknown as { canvas: OffscreenCanvas }).canvas);
  return { name: 'webgl', device: renderer || msg('GPU through WebGL'), watch };
}

/** Loads the code of the wasm backend, without its `.wasm` file. */
export function loadWasm() {
  return import('@tensorflow/tfjs-backend-wasm');
}

async function activateWasm(): Promise<ActiveBackend> {
  // Undefined in the Lockdown Mode of iOS and macOS, although the types say otherwise.
  if ((globalThis as { WebAssembly?: unknown }).WebAssembly === undefined) {
    throw new Problem('backend', msg('This browser has no WebAssembly, as in Lockdown Mode.'));
  }
  const { setWasmPaths } = await loadWasm();
  // Under cross-origin isolation TensorFlow.js would choose its threaded file. It is not shipped: it
  // starts workers from blob: URLs, which the content security policy forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainWasm,
    'tfjs-backend-wasm-simd.wasm': simdWasm,
    'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
  });
  await setBackend('wasm');
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return { name: 'wasm', device: simd ? msg('CPU with SIMD') : 'CPU', watch: new DeviceWatch() };
}

async function setBackend(name: BackendName): Promise<void> {
  // `tf.setBackend` returns false, and does not throw, if a backend's factory fails.
  if (!(await tf.setBackend(name)))
    throw new Problem('backend', msg(str`The ${name} backend is not there.`));
  await tf.ready();
}

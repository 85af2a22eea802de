import * as tf from '@tensorflow/tfjs-core';
import plainWasm from 'asset-url:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm';
import simdWasm from 'asset-url:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { msg, str } from '../../i18n/msg.ts';
import type { BackendName } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';

/** The part of the wasm backend that is read here, typed without importing the backend's code. */
interface WasmBackend {
  readonly wasm?: { readonly HEAPU8?: Uint8Array };
}

/** What TensorFlow.js uses: tensors, their bytes, and the bytes of its heap or on the GPU. */
export interface TensorMemory {
  readonly tensors: number;
  readonly bytes: number;
  readonly heapBytes?: number;
  readonly gpuBytes?: number;
}

/** What TensorFlow.js uses now. */
export function tensorMemory(): TensorMemory {
  const { numTensors: tensors, numBytes: bytes, ...more } = tf.memory();
  const backend = tf.findBackend(tf.getBackend()) as WasmBackend | null;
  const heapBytes = backend?.wasm?.HEAPU8?.buffer.byteLength;
  const { numBytesInGPU: gpuBytes } = more as { readonly numBytesInGPU?: number };
  return {
    ...{ tensors, bytes },
    ...(heapBytes !== undefined && { heapBytes }),
    ...(gpuBytes !== undefined && { gpuBytes }),
  };
}

/** Makes wasm the backend of TensorFlow.js. @throws Problem `backend` when it does not start here */
export async function startWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // Under cross-origin isolation TensorFlow.js would choose its threaded file. It is not shipped: it
  // starts workers from blob: URLs, which the content security policy forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainWasm,
    'tfjs-backend-wasm-simd.wasm': simdWasm,
    'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
  });
  await setBackend('wasm');
}

/** As `startWasm`, for WebGPU on a device that is there already. */
export async function startWebGpu(
  device: GPUDevice,
  info: GPUAdapterInfo | undefined,
): Promise<void> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, info));
  await setBackend('webgpu');
}

/** As `startWasm`, for WebGL. @returns the context on which it computes */
export async function startWebGl(): Promise<WebGLRenderingContext> {
  const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl');
  await setBackend('webgl');
  const backend = tf.backend();
  if (!(backend instanceof MathBackendWebGL))
    throw new Problem('backend', msg('WebGL does not start.'));
  return backend.gpgpu.gl;
}

/** As `startWasm`, for the backend in JavaScript. */
export async function startCpu(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  await setBackend('cpu');
}

async function setBackend(name: BackendName): Promise<void> {
  // `tf.setBackend` returns false, and does not throw, if a backend's factory fails.
  if (!(await tf.setBackend(name)))
    throw new Problem('backend', msg(str`The ${name} backend is not there.`));
  await tf.ready();
}

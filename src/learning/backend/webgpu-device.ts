import * as tf from '@tensorflow/tfjs-core';

/** The device of TensorFlow.js's backend; undefined unless that is WebGPU. */
export function webGpuDevice(): GPUDevice | undefined {
  if (tf.getBackend() !== 'webgpu') return undefined;
  return (tf.backend() as tf.KernelBackend & { readonly device: GPUDevice }).device;
}

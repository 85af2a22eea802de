/** The limits that are raised to those of the adapter: large models need them. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

let asking: Promise<GPUDevice> | undefined;

/**
 * The device on which plans and TensorFlow.js compute, one for this worker: it may have a clock, and
 * has all that TensorFlow.js's own device would have.
 *
 * @throws what `requestDevice` throws
 */
export function gpuDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return (asking ??= adapter.requestDevice({
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  }));
}

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
 * The device on which compiled plans and TensorFlow.js compute, one for each worker. It has timestamp
 * queries where the adapter has them, and the limits that TensorFlow.js requests for a device of its
 * own.
 *
 * @throws what `requestDevice` throws
 */
export function gpuDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return (asking ??= adapter.requestDevice({
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  }));
}

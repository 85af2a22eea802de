/** A plan that an executor runs. */
interface RunningPlan {
  /** Bytes of its memory. */
  readonly bytes: number;
  /** The threads that compute it; 0 on a GPU. */
  readonly threads: number;
}

/** The plans that run in this worker. */
export const runningPlans = new Set<RunningPlan>();

/**
 * What the plans use: the bytes of all, on the processor and on the GPU, and the threads of the one
 * that has most; 0 without any.
 */
export function plansInUse(): { bytes: number; gpuBytes: number; threads: number } {
  const plans = [...runningPlans];
  const bytesOf = (isOnGpu: boolean) =>
    plans
      .filter(({ threads }) => (threads === 0) === isOnGpu)
      .reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    bytes: bytesOf(false),
    gpuBytes: bytesOf(true),
    threads: Math.max(0, ...plans.map(({ threads }) => threads)),
  };
}

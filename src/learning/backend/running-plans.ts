/** A plan that an executor runs. */
interface RunningPlan {
  /** Bytes of its memory. */
  readonly bytes: number;
  /** The threads that compute it; 0 on a GPU. */
  readonly threads: number;
  /** Times its passes on the GPU, where there is one with a clock: see `PassTimer`. */
  readonly timer?: { readonly milliseconds: number | undefined; want(): void };
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

/**
 * How long a picture took on the GPU, in ms, in a pass that was timed before; asks for the time of
 * the next. Undefined without a clock.
 */
export function gpuPictureTime(): number | undefined {
  const timers = [...runningPlans].flatMap(({ timer }) => timer ?? []);
  for (const timer of timers) timer.want();
  return timers.map(({ milliseconds }) => milliseconds).find((time) => time !== undefined);
}

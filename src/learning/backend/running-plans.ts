/** A plan that an executor runs. */
interface RunningPlan {
  /** Bytes of its memory. */
  readonly bytes: number;
  /** The threads that compute it. */
  readonly threads: number;
}

/** The plans that run in this worker. */
export const runningPlans = new Set<RunningPlan>();

/** What the plans use: the bytes of all, and the threads of the one that has most; 0 without any. */
export function plansInUse(): { bytes: number; threads: number } {
  const plans = [...runningPlans];
  return {
    bytes: plans.reduce((sum, { bytes }) => sum + bytes, 0),
    threads: Math.max(0, ...plans.map(({ threads }) => threads)),
  };
}

import type { StageSeconds, TrainingStage } from '../../records/model.ts';

/** Measures how long each stage of a training takes, without pauses. */
export class StageClock {
  readonly #now: () => number;
  readonly #seconds: Partial<Record<TrainingStage, number>> = {};
  #stage: TrainingStage | undefined;
  #since = 0;
  #paused = false;

  /** @param now a monotonic clock in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Starts a stage and ends the one before. */
  enter(stage: TrainingStage): void {
    if (stage === this.#stage) return;
    this.#update();
    this.#stage = stage;
  }

  /** Stops or restarts the clock. */
  setPaused(paused: boolean): void {
    this.#update();
    this.#paused = paused;
  }

  /** Duration of each stage so far, in seconds. */
  get seconds(): StageSeconds {
    this.#update();
    return { ...this.#seconds };
  }

  /** Adds the time since the last update to the current stage. */
  #update(): void {
    const now = this.#now();
    if (this.#stage !== undefined && !this.#paused) {
      const before = this.#seconds[this.#stage] ?? 0;
      this.#seconds[this.#stage] = before + (now - this.#since) / 1000;
    }
    this.#since = now;
  }
}

/** Adds the durations of two runs, stage by stage. */
export function addStages(a: StageSeconds, b: StageSeconds): StageSeconds {
  const stages = [...new Set([...Object.keys(a), ...Object.keys(b)])] as TrainingStage[];
  return Object.fromEntries(stages.map((stage) => [stage, (a[stage] ?? 0) + (b[stage] ?? 0)]));
}

/** The duration of all stages together, in seconds. */
export function sumOfStages(seconds: StageSeconds): number {
  return Object.values(seconds).reduce((sum, each) => sum + each, 0);
}

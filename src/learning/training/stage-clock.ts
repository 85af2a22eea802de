import type { StageSeconds, TrainingStage } from '../../records/model.ts';

/** How long each stage of a training takes; while it rests, the clock stands still. */
export class StageClock {
  readonly #now: () => number;
  readonly #seconds: Partial<Record<TrainingStage, number>> = {};
  #stage: TrainingStage | undefined;
  #since = 0;
  #rests = false;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** From now on it is this stage. */
  enter(stage: TrainingStage): void {
    if (stage === this.#stage) return;
    this.#settle();
    this.#stage = stage;
  }

  /** Whether the training rests. */
  rest(rests: boolean): void {
    this.#settle();
    this.#rests = rests;
  }

  /** Of each stage so far. */
  get seconds(): StageSeconds {
    this.#settle();
    return { ...this.#seconds };
  }

  #settle(): void {
    const now = this.#now();
    if (this.#stage !== undefined && !this.#rests) {
      const before = this.#seconds[this.#stage] ?? 0;
      this.#seconds[this.#stage] = before + (now - this.#since) / 1000;
    }
    this.#since = now;
  }
}

/** Two trainings' worth, stage by stage. */
export function addStages(a: StageSeconds, b: StageSeconds): StageSeconds {
  const stages = [...new Set([...Object.keys(a), ...Object.keys(b)])] as TrainingStage[];
  return Object.fromEntries(stages.map((stage) => [stage, (a[stage] ?? 0) + (b[stage] ?? 0)]));
}

/** All stages together. */
export function sumOfStages(seconds: StageSeconds): number {
  return Object.values(seconds).reduce((sum, each) => sum + each, 0);
}

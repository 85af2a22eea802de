import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { CallId, EngineStatus } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { TrainOptions, TrainProgress } from '../../records/training.ts';
import type { EngineWorker } from './engine-worker.ts';
import { withReports } from './with-reports.ts';

/** How a page follows and cancels a training. */
export interface TrainControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
}

/** The functions of the learning client that training calls need. */
interface Client {
  /** The worker with the started engine; a new one if the last one ended. */
  ready(): Promise<EngineWorker>;
  nextCall(): CallId;
  status(): EngineStatus;
  /** Starts a new worker, unless the one that lost its GPU has been replaced already. */
  onLostGpu(lost: EngineWorker, problem: Problem): void;
  /** Resolves when no change of the base is under way. */
  whenBaseIsSet(): Promise<void>;
}

type StartTraining = (
  service: EngineWorker['service'],
  call: CallId,
  onProgress: (progress: TrainProgress) => void,
) => Promise<ModelRecord>;

/**
 * The trainings that this page starts, one at a time. If the GPU is lost, the training resumes in a
 * new worker.
 */
export class TrainingCalls {
  readonly #client: Client;
  #engine: EngineWorker | undefined;
  /** Several when another one is asked for, until it is refused. */
  readonly #calls = new Set<CallId>();
  /** Also applies to a training that the worker has not received yet. */
  #isPaused = false;
  /** Trainings that have not ended. */
  #running = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Whether a training runs that this page started, also while a lost GPU starts again. */
  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** See LearningClient.train. @throws Problem */
  train(options: TrainOptions, control: TrainControl = {}): Promise<ModelRecord> {
    const modelId = crypto.randomUUID();
    const start: StartTraining = (service, call, onProgress) =>
      service.train(call, options, onProgress, modelId);
    const resume: StartTraining = (service, call, onProgress) =>
      service.resumeTraining(call, onProgress, modelId);
    return this.#run(control, resume, start);
  }

  /** See LearningService.resumeTraining. @throws Problem */
  resume(control: TrainControl = {}): Promise<ModelRecord> {
    return this.#run(control, (service, call, onProgress) =>
      service.resumeTraining(call, onProgress),
    );
  }

  /** See LearningService.discardTraining. @throws Problem */
  async discard(): Promise<void> {
    const engine = await this.#client.ready();
    await engine.answer(engine.service.discardTraining());
  }

  pause(): void {
    this.#isPaused = true;
    for (const call of this.#calls) void this.#engine?.service.pause(call);
  }

  resumePaused(): void {
    this.#isPaused = false;
    for (const call of this.#calls) void this.#engine?.service.resumePaused(call);
  }

  /**
   * Runs a training to its end; after each loss of the GPU it resumes.
   *
   * @param start begins the training, at first and where there is no checkpoint yet; undefined for a
   *   training that an earlier call began
   */
  async #run(
    control: TrainControl,
    resume: StartTraining,
    start?: StartTraining,
  ): Promise<ModelRecord> {
    this.#isPaused = false;
    this.#running++;
    try {
      await this.#client.whenBaseIsSet();
      for (let next = start ?? resume; ;) {
        try {
          return await this.#runOnce(control, next);
        } catch (thrown) {
          const problem = asProblem(thrown);
          if (start && next === resume && problem.kind === 'no-checkpoint') {
            next = start;
          } else {
            await this.#recover(control, problem);
            next = resume;
          }
        }
      }
    } finally {
      this.#running--;
    }
  }

  /**
   * Waits for a new worker after the GPU was lost.
   *
   * @throws `problem` if it is another one, or if the engine does not start any more; Problem
   *   `cancelled` if the training was cancelled meanwhile
   */
  async #recover({ signal }: TrainControl, problem: Problem): Promise<void> {
    if (problem.kind !== 'gpu' || this.#client.status().phase === 'failed') throw problem;
    await this.#client.ready();
    if (!signal?.aborted) return;
    // The worker that should have deleted the checkpoints is gone.
    await this.discard();
    throw cancelled();
  }

  async #runOnce({ signal, onProgress }: TrainControl, start: StartTraining): Promise<ModelRecord> {
    const engine = await this.#client.ready();
    const { service } = engine;
    if (signal?.aborted) throw cancelled();
    const call = this.#client.nextCall();
    const cancel = () => void service.cancel(call);
    signal?.addEventListener('abort', cancel);
    this.#engine = engine;
    this.#calls.add(call);
    try {
      const answer = withReports(onProgress, (report) =>
        engine.answer(start(service, call, report)),
      );
      // The user may have paused while the worker started, or before the GPU was lost.
      if (this.#isPaused) void service.pause(call);
      return await answer;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.kind === 'gpu') this.#client.onLostGpu(engine, problem);
      throw problem;
    } finally {
      this.#calls.delete(call);
      signal?.removeEventListener('abort', cancel);
    }
  }
}

function asProblem(thrown: unknown): Problem {
  return Problem.from(thrown, msg('The training stopped. Your photos and models are safe.'));
}

function cancelled(): Problem {
  return new Problem('cancelled', msg('The training was cancelled.'));
}

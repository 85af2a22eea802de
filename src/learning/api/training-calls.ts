import * as Comlink from 'comlink';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { CallId, EngineStatus } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { TrainOptions, TrainProgress } from '../../records/training.ts';
import type { EngineWorker } from './engine-worker.ts';

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
}

type StartTraining = (
  service: EngineWorker['service'],
  call: CallId,
  onProgress: (progress: TrainProgress) => void,
) => Promise<ModelRecord>;

const resume: StartTraining = (service, call, onProgress) =>
  service.resumeTraining(call, onProgress);

/**
 * The trainings that this page starts, one at a time. If the GPU is lost, the training resumes in a
 * new worker.
 */
export class TrainingCalls {
  readonly #client: Client;
  #engine: EngineWorker | undefined;
  #call: CallId | undefined;
  /** Also applies to a training that the worker has not received yet. */
  #isPaused = false;

  constructor(client: Client) {
    this.#client = client;
  }

  /** See LearningClient.train. @throws Problem */
  train(options: TrainOptions, control: TrainControl = {}): Promise<ModelRecord> {
    this.#isPaused = false;
    return this.#run(control, (service, call, onProgress) =>
      service.train(call, options, onProgress),
    );
  }

  /** See LearningService.resumeTraining. @throws Problem */
  resume(control: TrainControl = {}): Promise<ModelRecord> {
    this.#isPaused = false;
    return this.#run(control, resume);
  }

  /** See LearningService.discardTraining. @throws Problem */
  async discard(): Promise<void> {
    const engine = await this.#client.ready();
    await engine.answer(engine.service.discardTraining());
  }

  pause(): void {
    this.#isPaused = true;
    if (this.#call !== undefined) void this.#engine?.service.pause(this.#call);
  }

  resumePaused(): void {
    this.#isPaused = false;
    if (this.#call !== undefined) void this.#engine?.service.resumePaused(this.#call);
  }

  async #run(control: TrainControl, start: StartTraining): Promise<ModelRecord> {
    try {
      return await this.#runOnce(control, start);
    } catch (thrown) {
      const problem = Problem.from(
        thrown,
        msg('The training stopped. Your photos and models are safe.'),
      );
      if (problem.kind !== 'gpu' || this.#client.status().phase === 'failed') throw problem;
      await this.#client.ready();
      if (control.signal?.aborted) {
        // The worker that should have deleted the checkpoints is gone.
        await this.discard();
        throw cancelled();
      }
      // Before the first checkpoint there is nothing to resume from.
      return this.#run(control, this.#client.status().unfinished ? resume : start);
    }
  }

  async #runOnce({ signal, onProgress }: TrainControl, start: StartTraining): Promise<ModelRecord> {
    const engine = await this.#client.ready();
    const { service } = engine;
    if (signal?.aborted) throw cancelled();
    const call = this.#client.nextCall();
    const cancel = () => void service.cancel(call);
    signal?.addEventListener('abort', cancel);
    this.#engine = engine;
    this.#call = call;
    try {
      const report = Comlink.proxy(onProgress ?? (() => undefined));
      const answer = engine.answer(start(service, call, report));
      // The user may have paused while the worker started, or before the GPU was lost.
      if (this.#isPaused) void service.pause(call);
      return await answer;
    } finally {
      this.#call = undefined;
      signal?.removeEventListener('abort', cancel);
    }
  }
}

function cancelled(): Problem {
  return new Problem('cancelled', msg('The training was cancelled.'));
}

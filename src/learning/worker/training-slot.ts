import { msg } from '../../i18n/msg.ts';
import { Coalesced } from '../../platform/coalesced.ts';
import { Problem } from '../../platform/problem.ts';
import { RunControl } from '../../platform/run-control.ts';
import type { CallId } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { TrainOptions, TrainProgress } from '../../records/training.ts';
import { deleteCheckpoints, loadCheckpoint } from '../../storage/checkpoints.ts';
import { releaseProxy } from './expose-service.ts';
import { deleteTemporaryFeatures } from '../features/delete-features.ts';
import type { Training } from '../training/training.ts';
import {
  isTrainingSomewhere,
  whenNoTraining,
  withTrainingLock,
} from '../training/training-lock.ts';
import { obstacleOf, unfinishedHere } from '../training/unfinished.ts';
import type { AnsweringModel } from './answering-model.ts';
import type { RunningBase } from './start-base.ts';
import type { StatusFeed } from './status-feed.ts';

/** After these problems a training cannot resume, so its checkpoints are deleted. */
const FINAL_PROBLEMS = [
  'cancelled',
  'not-finite',
  'gone',
  'base',
  'no-model',
  'damaged',
  // Both checkpoints are damaged.
  'no-checkpoint',
];

/** What the training shares with the engine. */
interface Context {
  /** Gives the running base, or throws Problem `not-ready`. */
  readonly ready: () => RunningBase;
  readonly status: StatusFeed;
  readonly model: AnsweringModel;
  /** Calls that can be paused or cancelled. */
  readonly calls: Map<CallId, RunControl>;
}

/** Runs trainings, at most one at a time among all tabs. */
export class TrainingSlot {
  readonly #context: Context;
  readonly #check = new Coalesced(() => this.#checkForUnfinished());
  #isWaitingForEnd = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** See LearningService.train. @throws Problem */
  train(
    call: CallId,
    options: TrainOptions,
    onProgress: (progress: TrainProgress) => void,
    modelId: string,
  ): Promise<ModelRecord> {
    return this.#run(call, onProgress, (training) => training.run(options, modelId));
  }

  /** See LearningService.resumeTraining. @throws Problem */
  resume(
    call: CallId,
    onProgress: (progress: TrainProgress) => void,
    modelId?: string,
  ): Promise<ModelRecord> {
    return this.#run(call, onProgress, async (training) => {
      // Damaged ones are its own too: nothing else can resume from them.
      training.ownsCheckpoints = true;
      const loaded = await loadCheckpoint();
      const isOther = loaded && modelId !== undefined && loaded.checkpoint.plan.modelId !== modelId;
      training.ownsCheckpoints = !isOther;
      if (!loaded || isOther)
        throw new Problem('no-checkpoint', msg('There is no unfinished training to continue.'));
      const { features, info } = this.#context.ready();
      const obstacle = obstacleOf(loaded.checkpoint.plan, features.extractor, info.bases);
      if (obstacle) throw obstacle;
      return training.resume(loaded);
    });
  }

  /** See LearningService.discardTraining. @throws Problem */
  async discard(): Promise<void> {
    await withTrainingLock(deleteUnfinished);
  }

  /**
   * Sets `status.unfinished` to the interrupted training that can resume, or to undefined. While a
   * training runs in any tab, it checks again when that one has ended: its tab may be closed.
   */
  checkForUnfinished(): Promise<void> {
    return this.#check.run();
  }

  async #checkForUnfinished(): Promise<void> {
    const { ready, status } = this.#context;
    try {
      const { features, info } = ready();
      const isRunning = await isTrainingSomewhere();
      if (isRunning) void this.#checkAfterTraining();
      const unfinished = isRunning
        ? undefined
        : await unfinishedHere(features.extractor, info.bases);
      status.update({ unfinished });
    } catch (thrown) {
      console.warn('The check for an unfinished training failed.', thrown);
    }
  }

  async #checkAfterTraining(): Promise<void> {
    if (this.#isWaitingForEnd) return;
    this.#isWaitingForEnd = true;
    try {
      await whenNoTraining();
    } catch (thrown) {
      console.warn('The end of a training could not be awaited.', thrown);
      return;
    } finally {
      this.#isWaitingForEnd = false;
    }
    await this.checkForUnfinished();
  }

  async #run(
    call: CallId,
    onProgress: (progress: TrainProgress) => void,
    run: (training: Training) => Promise<ModelRecord>,
  ): Promise<ModelRecord> {
    const { calls, model } = this.#context;
    const { features, backend, throughput } = this.#context.ready();
    let training: Training | undefined;
    const control = new RunControl({
      onPause: (paused) => {
        training?.report.paused(paused);
      },
    });
    const { extractor, queue } = features;
    calls.set(call, control);
    try {
      const start = async () => {
        await backend.startTensors();
        const { Training } = await import('../training/training.ts');
        const parts = { extractor, queue, backend, throughput };
        training = new Training(parts, control, onProgress);
        return run(training);
      };
      const ownsCheckpoints = () => training?.ownsCheckpoints ?? false;
      return await withTrainingLock(() => this.#runLocked(start, ownsCheckpoints));
    } finally {
      releaseProxy(onProgress);
      calls.delete(call);
      await throughput.save().catch(console.error);
      await this.checkForUnfinished();
      // Photos that were added during the training are not among its training examples.
      model.learnInBackground(model.features).catch(console.error);
    }
  }

  async #runLocked(
    run: () => Promise<ModelRecord>,
    ownsCheckpoints: () => boolean,
  ): Promise<ModelRecord> {
    const { status, model } = this.#context;
    status.update({ unfinished: undefined });
    model.pauseBackground();
    try {
      const saved = await run();
      await deleteTemporaryFeatures().catch((thrown: unknown) => {
        // The model is stored, and the next training deletes these features first.
        console.warn('Temporary features of the training could not be deleted.', thrown);
      });
      await model.load();
      return saved;
    } catch (thrown) {
      const isFinal = FINAL_PROBLEMS.includes(Problem.from(thrown).kind);
      if (isFinal && ownsCheckpoints()) await deleteUnfinished();
      throw thrown;
    } finally {
      model.resumeBackground();
    }
  }
}

async function deleteUnfinished(): Promise<void> {
  await deleteCheckpoints();
  await deleteTemporaryFeatures();
}

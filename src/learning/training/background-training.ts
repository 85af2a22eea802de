import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { storedVariants } from '../features/feature-store.ts';
import { joinWeights } from '../head/stored-weight.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { NewModel } from '../../models/repository.ts';
import { Problem } from '../../platform/problem.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';
import type { EpochTiming } from '../optim/epoch-loop.ts';
import { evaluateHead } from '../head/evaluate-head.ts';
import { trainHead } from '../head/train-head.ts';
import { classesBelow, hashTrainingSet, makePlan, modelOf } from './plan.ts';
import { RunControl } from '../../platform/run-control.ts';
import { StoredData } from '../features/training-data.ts';

/** With fewer training photos of a class than this, a head would only guess. */
const FEWEST_PHOTOS = 3;

/** Long enough that it is done soon while Live looks on, short enough that Live is smooth. */
const SLICE_MS = 50;

/** The library has changed meanwhile: another run follows. */
const STOPPED: readonly unknown[] = ['cancelled', 'gone'];

/** A model that nobody has stored. */
interface Draft {
  readonly model: ModelRecord;
  /** As `model.weights` lists them. */
  readonly weights: ArrayBuffer;
}

/**
 * Keeps a head up to date while photos are taken: after a change of the library it trains one on the
 * features that are there, which takes a fraction of a second. It is not stored; "Train" is what
 * makes a model that stays.
 */
export class BackgroundTraining {
  readonly #extractor: FeatureExtractor;
  readonly #backend: { readonly name: string; readonly watch: DeviceWatch };
  readonly #pace: DeviceThroughput | undefined;
  #running: RunControl | undefined;

  /** @param pace where it is noted what a head takes, until a training that was asked for says it better */
  constructor(
    extractor: FeatureExtractor,
    backend: { readonly name: string; readonly watch: DeviceWatch },
    pace?: DeviceThroughput,
  ) {
    this.#extractor = extractor;
    this.#backend = backend;
    this.#pace = pace;
  }

  /** Makes way for a training that the person asked for, or for a newer library. */
  stop(): void {
    this.#running?.cancel();
  }

  /**
   * Trains on the library as it is now.
   *
   * @param learned `trainingSetHash` of the model in use
   * @returns undefined when that one knows all, when there are too few photos, or when it was stopped
   */
  async catchUp(learned: string | undefined): Promise<Draft | undefined> {
    this.stop();
    const control = (this.#running = new RunControl(undefined, SLICE_MS));
    try {
      return await this.#train(control, learned);
    } catch (thrown) {
      if (thrown instanceof Problem && STOPPED.includes(thrown.kind)) return undefined;
      throw thrown;
    }
  }

  async #train(control: RunControl, learned: string | undefined): Promise<Draft | undefined> {
    const { name: backend, watch } = this.#backend;
    const options = { preset: 'quick', fineTuning: false } as const;
    // A photo that has no features yet waits for the next run.
    const stored = await storedVariants(this.#extractor.featureSpaceId);
    const plan = await makePlan(this.#extractor, options, stored);
    const trainingSetHash = await hashTrainingSet(plan);
    if (classesBelow(plan, FEWEST_PHOTOS).length > 0 || trainingSetHash === learned)
      return undefined;
    await control.yieldOrCancel();
    const { featureSpaceId, spec } = this.#extractor;
    const data = new StoredData(featureSpaceId, spec.featureLength, plan.photos);
    const onEpoch = () => undefined;
    const timings: EpochTiming[] = [];
    const onTimed = (timing: EpochTiming) => timings.push(timing);
    const { head, result } = await trainHead(plan, data, watch, { control, onEpoch, onTimed });
    try {
      if (this.#pace?.throughput.example === undefined) this.#pace?.recordHead(timings);
      const { evaluation, weights } = await evaluateHead(head, data, plan, watch);
      await control.yieldOrCancel();
      const made: NewModel = {
        ...modelOf(plan, trainingSetHash),
        ...evaluation,
        history: result.history,
        backend,
        seconds: (Date.now() - plan.startedAt) / 1000,
        weights: weights.map((weight) => weight.spec),
      };
      const model = {
        ...made,
        name: msg('So far', { id: 'model-so-far', desc: 'name of what is learned so far' }),
        createdAt: Date.now(),
        sha256: '',
      };
      return { model, weights: joinWeights(weights) };
    } finally {
      head.dispose();
    }
  }
}

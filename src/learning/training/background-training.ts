import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { joinWeights } from '../head/stored-weight.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { NewModel } from '../../models/repository.ts';
import { Problem } from '../../platform/problem.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import type { EpochTiming } from '../optim/epoch-loop.ts';
import { evaluateHead } from '../head/evaluate-head.ts';
import { trainHead } from '../head/train-head.ts';
import { FEWEST_CLASSES } from '../../photos/class-limits.ts';
import { FEWEST_TO_LEARN } from '../../photos/class-counts.ts';
import { countPhotos } from '../../photos/repository.ts';
import { hashTrainingSet, modelOf, planWithFeatures } from './plan.ts';
import { RunControl } from '../../platform/run-control.ts';
import { StoredData } from '../features/training-data.ts';

/**
 * Time slice between yields to the event loop, in milliseconds: long enough that the training
 * finishes soon while the live view runs, short enough that the live view stays smooth.
 */
const SLICE_MS = 50;

/** Kinds of a `Problem` that mean that the library has changed; another run follows. */
const STOPPED: readonly unknown[] = ['cancelled', 'gone'];

/** What is known of the model in use. */
type CurrentModel = Pick<ModelRecord, 'trainingSetHash' | 'classes'>;

/** A model that is not stored. */
interface Draft {
  readonly model: ModelRecord;
  /** The weights that `model.weights` describes. */
  readonly weights: ArrayBuffer;
}

/**
 * Keeps a head up to date while the user takes photos: after each change of the library it trains a
 * head on the stored features, which takes a fraction of a second. The result is not stored; only
 * the "Train" button makes a stored model.
 */
export class BackgroundTraining {
  readonly #extractor: FeatureExtractor;
  readonly #backend: { readonly name: string; readonly watch: DeviceWatch };
  readonly #throughput: DeviceThroughput | undefined;
  #running: RunControl | undefined;

  /** @param throughput records the time of a head, unless a training by the user has done so */
  constructor(
    extractor: FeatureExtractor,
    backend: { readonly name: string; readonly watch: DeviceWatch },
    throughput?: DeviceThroughput,
  ) {
    this.#extractor = extractor;
    this.#backend = backend;
    this.#throughput = throughput;
  }

  /** Cancels the run, if any: the user starts a training, or the library has changed. */
  stop(): void {
    this.#running?.cancel();
  }

  /**
   * Trains a head on the library as it is now. Stops a run that is under way. Classes with fewer
   * than FEWEST_TO_LEARN training photos are left out.
   *
   * @param current the model in use
   * @returns undefined if that model is up to date, if there are too few photos, if it knows a
   *   class with photos that would be left out, or if the run was stopped
   */
  async catchUp(current: CurrentModel | undefined): Promise<Draft | undefined> {
    this.stop();
    const control = (this.#running = new RunControl(undefined, SLICE_MS));
    try {
      return await this.#train(control, current);
    } catch (thrown) {
      if (thrown instanceof Problem && STOPPED.includes(thrown.kind)) return undefined;
      throw thrown;
    }
  }

  async #train(control: RunControl, current: CurrentModel | undefined): Promise<Draft | undefined> {
    const { name: backend, watch } = this.#backend;
    const options = { preset: 'quick', fineTuning: false } as const;
    // The plan leaves out photos that have no features yet; the next run includes them.
    const plan = await planWithFeatures(this.#extractor, options, FEWEST_TO_LEARN);
    const trainingSetHash = await hashTrainingSet(plan);
    if (plan.classes.length < FEWEST_CLASSES || trainingSetHash === current?.trainingSetHash)
      return undefined;
    if (current && (await wouldForget(current, plan))) return undefined;
    await control.yieldOrCancel();
    const { featureSpaceId, spec } = this.#extractor;
    const data = new StoredData(featureSpaceId, spec.featureLength, plan.photos);
    const onEpoch = () => undefined;
    const timings: EpochTiming[] = [];
    const onTimed = (timing: EpochTiming) => timings.push(timing);
    const { head, result } = await trainHead(plan, data, watch, { control, onEpoch, onTimed });
    try {
      const throughput = this.#throughput;
      if (throughput?.throughput.example === undefined) throughput?.recordHead(timings);
      const { evaluation, weights } = await evaluateHead(head, data, plan, watch);
      await control.yieldOrCancel();
      const newModel: NewModel = {
        ...modelOf(plan, trainingSetHash),
        ...evaluation,
        history: result.history,
        backend,
        seconds: (Date.now() - plan.startedAt) / 1000,
        weights: weights.map((weight) => weight.spec),
      };
      const model = {
        ...newModel,
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

/** Whether the current model knows a class that has photos and is not in the plan. */
async function wouldForget({ classes }: CurrentModel, plan: TrainingPlan): Promise<boolean> {
  const planned = new Set(plan.classes.map(({ id }) => id));
  const counts = await countPhotos();
  return classes.some(({ id }) => counts.has(id) && !planned.has(id));
}

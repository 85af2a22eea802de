import type { ActiveBackend } from '../backend/backends.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import type { ModelRecord } from '../../records/model.ts';
import { Problem } from '../../platform/problem.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import { FEWEST_CLASSES } from '../../photos/class-limits.ts';
import { FEWEST_TO_LEARN } from '../../photos/class-counts.ts';
import { addedAfter, countPhotos } from '../../photos/repository.ts';
import { hashTrainingSet, planWithFeatures } from './plan.ts';
import type { Draft } from './train-draft.ts';
import { chooseFurther } from './choose-further.ts';
import { weighPrior } from './weigh-prior.ts';
import { RunControl } from '../../platform/run-control.ts';
import { SerialQueue } from '../../platform/serial-queue.ts';

/**
 * Time slice between yields to the event loop, in milliseconds: long enough that the training
 * finishes soon while the live view runs, short enough that the live view stays smooth.
 */
const SLICE_MS = 50;

/** Kinds of a `Problem` that mean that the library has changed; another run follows. */
const STOPPED: readonly unknown[] = ['cancelled', 'gone'];

/** What is known of the model in use. */
type CurrentModel = Pick<ModelRecord, 'trainingSetHash' | 'classes' | 'imported' | 'createdAt'>;

/** The model that a draft would replace. */
export interface ModelInUse {
  /** Whether a draft may replace it. */
  mayBeReplaced(): Promise<boolean>;
  /** Undefined if there is no model. */
  model(): CurrentModel | undefined;
}

/**
 * Keeps a head up to date while the user takes photos: after each change of the library it trains a
 * head on the stored features, which takes a fraction of a second. The result is not stored; only
 * the "Train" button makes a stored model.
 */
export class BackgroundTraining {
  readonly #extractor: FeatureExtractor;
  readonly #backend: ActiveBackend;
  readonly #throughput: DeviceThroughput | undefined;
  #newest: RunControl | undefined;
  /** Runs one training at a time. */
  readonly #runs = new SerialQueue();

  /** @param throughput records the time of a head, unless a training by the user has done so */
  constructor(extractor: FeatureExtractor, backend: ActiveBackend, throughput?: DeviceThroughput) {
    this.#extractor = extractor;
    this.#backend = backend;
    this.#throughput = throughput;
  }

  /** Cancels the run, if any: the user starts a training, or the library has changed. */
  stop(): void {
    this.#newest?.cancel();
  }

  /**
   * Trains a head on the library as it is then. Stops a run that is under way, and starts when it
   * has ended. Until its first turn of the event loop it reads nothing, so many calls in a row cost
   * no more than one. Classes with fewer than FEWEST_TO_LEARN training photos are left out,
   * unless the head starts from what the base knows.
   *
   * @param modelInUse asked when the run starts
   * @returns undefined if that model is up to date, if there are too few photos, if it knows a
   *   class with photos that would be left out, if it was trained elsewhere and no photo has been
   *   added since it came, or if the run was stopped
   */
  async catchUp(modelInUse: ModelInUse): Promise<Draft | undefined> {
    this.stop();
    const control = (this.#newest = new RunControl({ sliceMs: SLICE_MS }));
    try {
      return await this.#runs.run(() => this.#train(control, modelInUse));
    } catch (thrown) {
      if (thrown instanceof Problem && STOPPED.includes(thrown.kind)) return undefined;
      throw thrown;
    }
  }

  async #train(control: RunControl, modelInUse: ModelInUse): Promise<Draft | undefined> {
    await control.yieldOrCancel();
    if (!(await modelInUse.mayBeReplaced())) return undefined;
    const options = { preset: 'quick', fineTuning: false } as const;
    // The plan leaves out photos that have no features yet; the next run includes them.
    const everyClass = await planWithFeatures(this.#extractor, options);
    // What the base knows makes even one photo enough to learn from.
    const planned = everyClass.prior
      ? everyClass
      : await planWithFeatures(this.#extractor, options, FEWEST_TO_LEARN);
    await control.yieldOrCancel();
    if (planned.classes.length < FEWEST_CLASSES) return undefined;
    const trainingSetHash = await hashTrainingSet(planned);
    const current = modelInUse.model();
    if (trainingSetHash === current?.trainingSetHash) return undefined;
    if (current && (await wouldForget(current, planned))) return undefined;
    if (current?.imported && !(await hasNewPhotos(current, planned))) return undefined;
    const weighed = await weighPrior(planned, options, this.#extractor, control);
    const plan = await chooseFurther(weighed, options, this.#extractor, control);
    await control.yieldOrCancel();
    await this.#backend.startTensors();
    const { trainDraft } = await import('./train-draft.ts');
    await control.yieldOrCancel();
    return trainDraft(plan, {
      extractor: this.#extractor,
      backend: this.#backend,
      throughput: this.#throughput,
      control,
      trainingSetHash,
    });
  }
}

/**
 * Whether a training has photos that came after the model. Until then a model from elsewhere answers as
 * it came: it may have learned from the photos that are here already, and was wanted beside them.
 */
async function hasNewPhotos(
  { createdAt }: Pick<CurrentModel, 'createdAt'>,
  { photos }: TrainingPlan,
): Promise<boolean> {
  const added = await addedAfter(createdAt);
  return photos.train.some(({ id }) => added.has(id));
}

/**
 * Whether the current model knows a class that has photos and is not in the plan. The photos of an
 * imported model are elsewhere, so all its classes count.
 */
async function wouldForget(
  { classes, imported }: CurrentModel,
  plan: TrainingPlan,
): Promise<boolean> {
  const planned = new Set(plan.classes.map(({ id }) => id));
  const counts = await countPhotos();
  return classes.some(({ id }) => (imported || counts.has(id)) && !planned.has(id));
}

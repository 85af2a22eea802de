import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { joinWeights } from '../head/stored-weight.ts';
import type { ModelRecord } from '../../models/record.ts';
import type { NewModel } from '../../models/repository.ts';
import { Problem } from '../../problem.ts';
import { finishModel } from './finish-model.ts';
import { trainHead } from './head-stage.ts';
import { classesBelow, lessonsOf, makePlan, modelOf } from './plan.ts';
import { RunControl } from './run-control.ts';
import { StoredData } from './training-data.ts';

/** With fewer training photos of a class than this, a head would only guess. */
const FEWEST_PHOTOS = 3;

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
  #running: RunControl | undefined;

  constructor(
    extractor: FeatureExtractor,
    backend: { readonly name: string; readonly watch: DeviceWatch },
  ) {
    this.#extractor = extractor;
    this.#backend = backend;
  }

  /** Makes way for a training that the person asked for, or for a newer library. */
  stop(): void {
    this.#running?.cancel();
  }

  /**
   * Trains on the library as it is now.
   *
   * @param learned `lessons` of the model in use
   * @returns undefined when that one knows all, when there are too few photos, or when it was stopped
   */
  async catchUp(learned: string | undefined): Promise<Draft | undefined> {
    this.stop();
    const control = (this.#running = new RunControl());
    try {
      return await this.#train(control, learned);
    } catch (thrown) {
      if (thrown instanceof Problem && STOPPED.includes(thrown.kind)) return undefined;
      throw thrown;
    }
  }

  async #train(control: RunControl, learned: string | undefined): Promise<Draft | undefined> {
    const { name: backend, watch } = this.#backend;
    const plan = await makePlan(this.#extractor, { preset: 'quick', fineTuning: false });
    const lessons = await lessonsOf(plan);
    if (classesBelow(plan, FEWEST_PHOTOS).length > 0 || lessons === learned) return undefined;
    await control.turn();
    const { space, spec } = this.#extractor;
    const data = new StoredData(space, spec.featureLength, plan.photos);
    const onEpoch = () => undefined;
    const { head, result } = await trainHead(plan, data, watch, { control, onEpoch });
    try {
      const { judged, weights } = await finishModel(head, data, plan, watch);
      await control.turn();
      const made: NewModel = {
        ...modelOf(plan, lessons),
        ...judged,
        history: result.history,
        backend,
        seconds: (Date.now() - plan.startedAt) / 1000,
        weights: weights.map((weight) => weight.spec),
      };
      const model = { ...made, name: 'So far', createdAt: Date.now(), sha256: '' };
      return { model, weights: joinWeights(weights) };
    } finally {
      head.dispose();
    }
  }
}

import {
  currentDataset,
  trainModel,
  type ModelTraining,
  type TrainedModel,
} from './head/train-model.ts';
import { Problem } from '../problem.ts';

/** With fewer training photos of a class than this, a head would only guess. */
const FEWEST_PHOTOS = 3;

export type TrainingSetting = Omit<ModelTraining, 'options' | 'signal' | 'onProgress'>;

/**
 * Keeps a head up to date while photos are taken: after a change of the library it trains one on the
 * features that are there, which takes a fraction of a second. It is not stored; "Train" is what
 * makes a model that stays.
 */
export class BackgroundTraining {
  readonly #setting: TrainingSetting;
  #running: AbortController | undefined;

  constructor(setting: TrainingSetting) {
    this.#setting = setting;
  }

  /** Makes way for a training that the person asked for, or for a newer library. */
  stop(): void {
    this.#running?.abort();
  }

  /**
   * Trains on the library as it is now.
   *
   * @param learned `lessons` of the model in use
   * @returns undefined when that one knows all, when there are too few photos, or when it was stopped
   */
  async catchUp(learned: string | undefined): Promise<TrainedModel | undefined> {
    this.stop();
    const control = (this.#running = new AbortController());
    const { dataset } = await currentDataset(this.#setting.extractor);
    if (dataset.classesBelow(FEWEST_PHOTOS).length > 0) return undefined;
    if ((await dataset.lessons()) === learned || control.signal.aborted) return undefined;
    try {
      const trained = await trainModel({
        ...this.#setting,
        options: { preset: 'quick' },
        signal: control.signal,
        onProgress: () => undefined,
      });
      return control.signal.aborted ? undefined : trained;
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.kind === 'cancelled') return undefined;
      throw thrown;
    }
  }
}

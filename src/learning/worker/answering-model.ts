import type { Picture } from '../../image/draw-square.ts';
import { msg } from '../../i18n/msg.ts';
import { objectionTo } from '../../models/objection.ts';
import { isTuned } from '../../models/is-tuned.ts';
import { loadWeights } from '../../models/repository.ts';
import { Problem } from '../../platform/problem.ts';
import type { RunControl } from '../../platform/run-control.ts';
import { SerialQueue } from '../../platform/serial-queue.ts';
import type { FoundBox } from '../../records/found-box.ts';
import type { ModelRecord } from '../../records/model.ts';
import type {
  Classification,
  ClassifyOptions,
  LibraryPredictions,
} from '../../records/classification.ts';
import { predictLibrary } from '../evaluate/predict-library.ts';
import { deleteTunedFeatures } from '../features/delete-features.ts';
import { boxesInSquare, findBoxes } from './find-boxes.ts';
import { FeaturePipeline } from './feature-pipeline.ts';
import { LiveClassifier } from './live-classifier.ts';
import { knowledgeModel } from './knowledge-model.ts';
import { isEarlierModel, selectModel } from './select-model.ts';
import { SoughtClasses } from './sought.ts';
import type { RunningBase } from './start-base.ts';
import type { StatusFeed } from './status-feed.ts';

/**
 * The model that classifies pictures: the active stored model, or a newer draft that the background
 * training made from the same library. At most one model is loaded; loads run one after another.
 */
export class AnsweringModel {
  readonly #ready: () => RunningBase;
  readonly #status: StatusFeed;
  #classifier: LiveClassifier | undefined;
  /** Computes the model's own features; undefined if the model reads the features of the base. */
  #tuned: FeaturePipeline | undefined;
  readonly #sought = new SoughtClasses();
  /** One load at a time; a failed one does not stop the later ones. */
  readonly #loads = new SerialQueue();
  /** The stored model that was loaded last; a draft may have replaced it since. */
  #loadedId: string | undefined;
  #drafts = 0;
  /** While a training runs that the user started, no draft may replace the model. */
  #isBackgroundPaused = false;

  /** @param ready gives the running base, or throws Problem `not-ready` */
  constructor(ready: () => RunningBase, status: StatusFeed) {
    this.#ready = ready;
    this.#status = status;
  }

  /** Computes the features that the model reads: those of a fine-tuned model, else the base's. */
  get features(): FeaturePipeline {
    return this.#tuned ?? this.#ready().features;
  }

  /** See LearningService.classify. The caller keeps the picture and closes it. @throws Problem */
  async classify(picture: Picture, options?: ClassifyOptions): Promise<Classification> {
    const classifier = await this.#loaded();
    if (!options?.boxes) return classifier.classify(picture, options);
    const { features, backend } = this.#ready();
    const sought = await this.#sought.on(features.extractor);
    if (!sought || !this.#tuned) return classifier.classify(picture, options, sought);
    // The boxes are those of the base, and a fine-tuned model has another last feature map.
    const boxes = await boxesInSquare(features.extractor, backend.watch, sought, picture);
    return { ...(await classifier.classify(picture, options)), boxes };
  }

  /** See LearningService.findBoxes. The caller keeps the picture and closes it. @throws Problem */
  async findBoxes(picture: ImageBitmap): Promise<FoundBox[] | undefined> {
    const { features, backend } = this.#ready();
    const sought = await this.#sought.on(features.extractor);
    return sought && findBoxes(features.extractor, backend.watch, sought, picture);
  }

  /** See LearningService.predictLibrary. @throws Problem */
  async predictLibrary(
    control: RunControl,
    onProgress: (fraction: number) => void,
  ): Promise<LibraryPredictions> {
    const { model, plainHead } = await this.#loaded();
    const { extractor, queue } = this.features;
    const features = { featureSpaceId: extractor.featureSpaceId, queue };
    const predictions = await predictLibrary(model, plainHead, features, control, onProgress);
    // A training that the user started needs the backend for itself.
    if (this.#isBackgroundPaused) return predictions;
    const { features: base, backend } = this.#ready();
    await backend.startTensors();
    const { predictHeldOut, withHeldOut } = await import('../training/predict-held-out.ts');
    return withHeldOut(
      predictions,
      await predictHeldOut(model, base.extractor, backend.watch, control),
    );
  }

  /** Loads the active model. A damaged model is reported in the status and not used. */
  load(): Promise<void> {
    return this.#loads.run(() => this.#loadActive());
  }

  /**
   * Trains a draft on the changed library, so that the next answers include the change. The draft
   * is not stored.
   *
   * @param features the pipeline whose features changed
   */
  async learnInBackground(features: FeaturePipeline): Promise<void> {
    const { backend } = this.#ready();
    // The classes may have other names now, or other known classes.
    const hasModel = this.#loadedId !== undefined || this.#isDraft;
    if (!hasModel && !this.#status.current.modelProblem) await this.load();
    // While the stored model cannot be used, the user decides what replaces it. And only the
    // pipeline that the current model reads may replace it.
    const mayReplace = () =>
      !this.#isBackgroundPaused && !this.#status.current.modelProblem && features === this.features;
    if (!mayReplace()) return;
    const draft = await features.background.catchUp({
      mayBeReplaced: async () => mayReplace() && !(await isEarlierModel(this.#loadedId)),
      model: () => this.#trained,
    });
    if (!draft || !mayReplace()) return;
    const current = this.#trained;
    if (current && objectionTo(draft.model, current)) return;
    const model = { ...draft.model, id: `so-far-${++this.#drafts}` };
    const next = new LiveClassifier(model, draft.weights, features.extractor, backend.watch);
    await this.#loads.run(() => {
      // The user may have chosen a model with another pipeline meanwhile.
      if (mayReplace()) this.#replaceWith(next, features);
      else next.dispose();
    });
  }

  /** Stops the background training, so that a training which the user started gets the backend. */
  pauseBackground(): void {
    this.#isBackgroundPaused = true;
    this.#tuned?.background.stop();
    this.#ready().features.background.stop();
  }

  /** Lets the background training run again at the next change of the library. */
  resumeBackground(): void {
    this.#isBackgroundPaused = false;
  }

  /** Deletes the stored features of every fine-tuned model but the current one. */
  deleteOtherTunedFeatures(): void {
    deleteTunedFeatures(this.#tuned?.extractor.featureSpaceId).catch((thrown: unknown) => {
      console.warn('Features of a model that is not in use could not be deleted.', thrown);
    });
  }

  async #loaded(): Promise<LiveClassifier> {
    await this.#loads.whenIdle();
    if (this.#classifier) return this.#classifier;
    const { modelProblem } = this.#status.current;
    throw modelProblem
      ? Problem.from(modelProblem)
      : new Problem('no-model', msg('There is no trained model yet.'));
  }

  async #loadActive(): Promise<void> {
    const { features: base, backend, info } = this.#ready();
    let features: FeaturePipeline | undefined;
    try {
      const model = await selectModel(base.extractor, info.bases);
      const { model: answering, modelProblem } = this.#status.current;
      if (!model && !this.#isDraft) {
        this.#loadedId = undefined;
        return await this.#loadKnowledge();
      }
      // A draft that was trained in the background since then stays.
      if (model?.id === this.#loadedId && !modelProblem) {
        // The same weights, but the record may have a new name or a new fine-tuning result.
        if (model && model.id === answering?.id) this.#status.update({ model });
        return;
      }
      this.#loadedId = model?.id;
      if (!model) return await this.#loadKnowledge();
      const weights = await loadWeights(model);
      features = base;
      if (isTuned(model)) {
        const { createTunedExtractor } = await import('../fine-tune/tuned-features.ts');
        const extractor = await createTunedExtractor(base.extractor, model, weights);
        features = new FeaturePipeline(extractor, backend, () => undefined);
      }
      const next = new LiveClassifier(model, weights, features.extractor, backend.watch);
      this.#replaceWith(next, features);
    } catch (thrown) {
      this.#loadedId = undefined;
      if (features !== base) features?.dispose();
      const problem = Problem.from(thrown, msg('The trained model could not be loaded.'));
      this.#replaceWith(undefined, undefined, problem);
    }
  }

  /** The model that answers, unless it is only what the base knows. */
  get #trained(): ModelRecord | undefined {
    const model = this.#classifier?.model;
    return model?.untrained ? undefined : model;
  }

  /** Whether a draft answers. */
  get #isDraft(): boolean {
    return this.#trained !== undefined && this.#trained.id !== this.#loadedId;
  }

  /** Lets what the base knows answer, as long as there is no model; it may know nothing. */
  async #loadKnowledge(): Promise<void> {
    const { features, backend } = this.#ready();
    const made = await knowledgeModel(features.extractor, backend);
    const now = this.#classifier?.model;
    if (made && now?.id === made.model.id && sameClasses(now, made.model)) return;
    if (!made) return this.#replaceWith(undefined);
    const next = new LiveClassifier(made.model, made.weights, features.extractor, backend.watch);
    this.#replaceWith(next, features);
  }

  /** @param features the pipeline that the model reads; undefined if there is no model */
  #replaceWith(
    next: LiveClassifier | undefined,
    features?: FeaturePipeline,
    problem?: Problem,
  ): void {
    this.#classifier?.dispose();
    this.#classifier = next;
    const tuned = features === this.#ready().features ? undefined : features;
    if (tuned !== this.#tuned) {
      this.#tuned?.dispose();
      this.#tuned = tuned;
      tuned?.follow(() => this.learnInBackground(tuned));
      this.deleteOtherTunedFeatures();
    }
    this.#status.update({ model: next?.model, modelProblem: problem?.toData() });
  }
}

/** Whether two models tell the same classes apart, under the same names. */
function sameClasses(a: ModelRecord, b: ModelRecord): boolean {
  return (
    a.classes.length === b.classes.length &&
    a.classes.every(({ id, name }, i) => id === b.classes[i]!.id && name === b.classes[i]!.name)
  );
}

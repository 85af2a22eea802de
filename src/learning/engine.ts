import * as tf from '@tensorflow/tfjs-core';
import * as Comlink from 'comlink';
import { BackgroundTraining, type TrainingSetting } from './background-training.ts';
import { activateBackend, PREFERENCE, type ActiveBackend } from './backend/backends.ts';
import { chooseBase } from './base/choose-base.ts';
import { describeWholeModel } from './base/describe-layers.ts';
import { listBases, type LocatedBase } from './base/registry.ts';
import type { BaseSpec } from './base/spec.ts';
import { summary, type LayerDescription } from './base/summary.ts';
import { createFeatureExtractor, type FeatureExtractor } from './features/feature-extractor.ts';
import { FeatureQueue } from './features/feature-queue.ts';
import { selfTest } from './features/self-test.ts';
import { trainModel } from './head/train-model.ts';
import { LiveClassifier } from './live-classifier.ts';
import type {
  BackendName,
  CallId,
  Classification,
  EngineInfo,
  EngineMemory,
  EngineOptions,
  EngineStatus,
  LearningService,
  TrainOptions,
  TrainProgress,
} from './service.ts';
import type { ModelRecord } from '../models/record.ts';
import { activeModel, listModels, saveModel } from '../models/repository.ts';
import { Problem } from '../problem.ts';
import { onChange } from '../storage/changes.ts';
import { getSetting } from '../storage/settings.ts';

/** What the engine holds once it is trusted. */
interface Running {
  readonly backend: ActiveBackend;
  readonly extractor: FeatureExtractor;
  readonly queue: FeatureQueue;
  readonly info: EngineInfo;
  /** What every training runs with. */
  readonly setting: TrainingSetting;
  readonly background: BackgroundTraining;
}

/** The worker's side of the service: see LearningService for what each call promises. */
export class Engine implements LearningService {
  #running: Running | undefined;
  #classifier: LiveClassifier | undefined;
  #modelLoad: Promise<void> = Promise.resolve();
  #training: AbortController | undefined;
  #drafts = 0;
  readonly #calls = new Map<CallId, AbortController>();
  readonly #observers: ((status: EngineStatus) => void)[] = [];
  #status: EngineStatus = {
    phase: 'starting',
    progress: 0,
    pendingPhotos: 0,
    unreadablePhotos: [],
  };

  observe(onStatus: (status: EngineStatus) => void): void {
    this.#observers.push(onStatus);
    onStatus(this.#status);
  }

  async start(options: EngineOptions): Promise<EngineInfo> {
    try {
      this.#running = await this.#start(options);
    } catch (thrown) {
      const problem = Problem.from(thrown, 'The learning engine does not start.');
      this.#update({ phase: 'failed', problem: problem.toData() });
      throw problem;
    }
    await this.#loadModel();
    onChange('models', () => void this.#loadModel());
    onChange('settings', () => void this.#listBases(options).catch(console.error));
    const { queue, backend, info } = this.#running;
    queue.follow(
      () => this.#learnMeanwhile(),
      (thrown) => {
        // It tries again at the next change of the library, and when a training needs the features.
        console.error('Features could not be computed.', thrown);
      },
    );
    if (backend.gpu) {
      backend.gpu.onFailure = (problem) => {
        this.#update({ phase: 'failed', problem: problem.toData() });
      };
    }
    this.#update({ phase: 'ready', progress: 1, info });
    return info;
  }

  async train(
    call: CallId,
    options: TrainOptions,
    onProgress: (progress: TrainProgress) => void,
  ): Promise<ModelRecord> {
    const { setting, background } = this.#ready();
    if (this.#training) throw new Problem('busy', 'A training is already running.');
    const controller = new AbortController();
    this.#training = controller;
    this.#calls.set(call, controller);
    try {
      background.stop();
      const { signal } = controller;
      const { model, weights } = await trainModel({ ...setting, options, signal, onProgress });
      const saved = await saveModel(model, weights);
      await this.#loadModel();
      return saved;
    } finally {
      // Comlink's proxy of a page's function holds a message port until it is let go.
      (onProgress as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.();
      this.#calls.delete(call);
      this.#training = undefined;
    }
  }

  cancel(call: CallId): void {
    this.#calls.get(call)?.abort();
  }

  memory(): EngineMemory {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  async classify(frame: VideoFrame | ImageBitmap): Promise<Classification> {
    try {
      await this.#modelLoad;
      if (!this.#classifier) {
        const { modelProblem } = this.#status;
        throw modelProblem
          ? Problem.from(modelProblem)
          : new Problem('no-model', 'There is no trained model yet.');
      }
      return await this.#classifier.classify(frame);
    } finally {
      frame.close();
    }
  }

  #ready(): Running {
    if (!this.#running) throw new Problem('not-ready', 'The learning engine is not ready yet.');
    return this.#running;
  }

  async #start(options: EngineOptions): Promise<Running> {
    const started = performance.now();
    const bases = await listBases(options.basesUrl);
    const wanted = await getSetting('baseId');
    this.#update({ phase: 'downloading', progress: 0 });
    const { base, files, problem } = await chooseBase(bases, wanted, (loaded, total) => {
      this.#update({ phase: 'downloading', progress: total > 0 ? loaded / total : 1 });
    });
    const baseTime = performance.now() - started;
    this.#update({ phase: 'preparing', progress: 0 });

    const asked = await getSetting('inputSize');
    const inputSize =
      base.spec.inputSizes.find((size) => size === asked) ?? base.spec.inputSizes[0]!;
    const { backend, extractor, facts } = await firstTrusted(
      options.backend,
      base,
      files.bytes,
      inputSize,
    );
    const queue = new FeatureQueue(extractor, backend.gpu, () => {
      this.#update({
        pendingPhotos: queue.pending,
        unreadablePhotos: [...queue.unreadable],
      });
    });
    const info: EngineInfo = {
      ...facts,
      base: base.spec,
      inputSize,
      baseStored: files.stored,
      bases: bases.map(({ spec }) => spec),
      ...(problem && { baseProblem: problem.toData() }),
      timings: { base: baseTime, ...facts.timings },
    };
    const setting = { extractor, queue, backend: backend.name, gpu: backend.gpu };
    return {
      backend,
      extractor,
      info,
      queue,
      setting,
      background: new BackgroundTraining(setting),
    };
  }

  /** The person can have added a base, or removed one. */
  async #listBases({ basesUrl }: EngineOptions): Promise<void> {
    const bases = await listBases(basesUrl);
    const { info } = this.#status;
    if (info) this.#update({ info: { ...info, bases: bases.map(({ spec }) => spec) } });
  }

  /** Trains on what changed, so that the next answers know it; the model is not stored. */
  async #learnMeanwhile(): Promise<void> {
    const { background, extractor, backend } = this.#ready();
    // A model that cannot be used is a matter for the person.
    if (this.#training || this.#status.modelProblem) return;
    const trained = await background.catchUp(this.#classifier?.model.lessons);
    if (!trained || this.#training) return;
    const model: ModelRecord = {
      ...trained.model,
      id: `so-far-${++this.#drafts}`,
      name: 'So far',
      createdAt: Date.now(),
      sha256: '',
    };
    const next = LiveClassifier.create(model, trained.weights, extractor, backend.gpu);
    this.#modelLoad = this.#modelLoad.then(() => {
      this.#answerWith(next);
    });
    await this.#modelLoad;
  }

  #answerWith(next: LiveClassifier | undefined, problem?: Problem): void {
    this.#classifier?.dispose();
    this.#classifier = next;
    this.#update({ model: next?.model, modelProblem: problem?.toData() });
  }

  /** Makes the active model the one that `classify` answers with; a damaged one is said, not used. */
  #loadModel(): Promise<void> {
    this.#modelLoad = this.#modelLoad.then(async () => {
      const { extractor, backend } = this.#ready();
      try {
        const model = await modelFor(extractor.space);
        if (model?.id === this.#classifier?.model.id) return;
        const next = model && (await LiveClassifier.load(model, extractor, backend.gpu));
        this.#answerWith(next);
      } catch (thrown) {
        const problem = Problem.from(thrown, 'The trained model could not be loaded.');
        this.#answerWith(undefined, problem);
      }
    });
    return this.#modelLoad;
  }

  #update(news: { [Key in keyof EngineStatus]?: EngineStatus[Key] | undefined }): void {
    const status = { ...this.#status, ...news };
    // A field set to undefined is one that is no longer there.
    const present = Object.entries(status).filter(([, value]) => value !== undefined);
    this.#status = Object.fromEntries(present) as unknown as EngineStatus;
    for (const observer of this.#observers) observer(this.#status);
  }
}

/**
 * The active model; where it was trained on another base, the newest that was trained on this one.
 *
 * @param space of the features that the engine computes
 */
async function modelFor(space: string): Promise<ModelRecord | undefined> {
  const active = await activeModel();
  if (!active || active.base.space === space) return active;
  return (await listModels()).find((model) => model.base.space === space) ?? active;
}

function summariesOf(spec: BaseSpec, layers: readonly LayerDescription[]) {
  const { architecture: baseName, inputRange, preprocessing } = spec;
  const options = { baseName, inputRange, preprocessing };
  return { base: summary(layers), whole: summary(describeWholeModel(layers, options)) };
}

/** What is known of the engine once a backend is trusted. */
type TrustedFacts = Pick<
  EngineInfo,
  'backend' | 'device' | 'summaries' | 'selfTestDifference' | 'refused'
> & { readonly timings: Omit<EngineInfo['timings'], 'base'> };

/** The first backend that starts and passes the self-test, with the base built on it. */
async function firstTrusted(
  forced: BackendName | undefined,
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
): Promise<{ backend: ActiveBackend; extractor: FeatureExtractor; facts: TrustedFacts }> {
  const refused: { backend: BackendName; reason: string }[] = [];
  for (const name of forced ? [forced] : PREFERENCE) {
    let extractor: FeatureExtractor | undefined;
    try {
      const started = performance.now();
      const backend = await activateBackend(name, forced !== undefined);
      extractor = await createFeatureExtractor(base, files, inputSize);
      const built = performance.now();
      const selfTestDifference = await selfTest(extractor, backend.gpu);
      const timings = {
        backend: built - started,
        selfTest: performance.now() - built,
      };
      const facts: TrustedFacts = {
        backend: name,
        device: backend.device,
        ...(extractor.layers && { summaries: summariesOf(base.spec, extractor.layers) }),
        selfTestDifference,
        refused,
        timings,
      };
      return { backend, extractor, facts };
    } catch (thrown) {
      extractor?.dispose();
      const problem = Problem.from(thrown, `The ${name} backend failed.`);
      // A base that cannot be read will not get better on another backend.
      if (problem.kind === 'base') throw problem;
      refused.push({ backend: name, reason: problem.detail ?? problem.message });
    }
  }
  const cause = refused.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  throw new Problem('no-backend', 'Nothing on this device computes the model rightly.', { cause });
}

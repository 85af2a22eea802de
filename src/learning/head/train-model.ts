import * as tf from '@tensorflow/tfjs-core';
import type { GpuWatch } from '../backend/gpu-watch.ts';
import { evaluate } from '../evaluate/metrics.ts';
import { fitNovelty } from '../evaluate/not-sure.ts';
import { fitTemperature } from '../evaluate/temperature.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import type { FeatureQueue } from '../features/feature-queue.ts';
import { storedVariants } from '../features/feature-store.ts';
import { VARIANTS } from '../input/variants.ts';
import type { Hyperparameters } from '../../models/record.ts';
import type { NewModel } from '../../models/repository.ts';
import { listClasses } from '../../photos/classes.ts';
import type { ClassRecord } from '../../photos/record.ts';
import { listPhotos } from '../../photos/repository.ts';
import { Problem } from '../../problem.ts';
import type { TrainOptions, TrainProgress } from '../service.ts';
import type { DenseHead } from './dense-head.ts';
import { HeadDataset } from './head-dataset.ts';
import { PRESETS } from './presets.ts';
import { joinWeights, storedWeight, type StoredWeight } from './stored-weight.ts';
import { trainHead, type LabelledFeatures } from './train-head.ts';

export interface ModelTraining {
  readonly extractor: FeatureExtractor;
  readonly queue: FeatureQueue;
  readonly backend: string;
  readonly gpu: GpuWatch | undefined;
  readonly options: TrainOptions;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainProgress) => void;
}

/** Shares of the progress bar, measured on a library of 200 photos whose features were there. */
const FEATURES_SHARE = 0.1;
const HEAD_SHARE = 0.85;

/** A model that nobody has stored yet. */
export interface TrainedModel {
  readonly model: NewModel;
  /** As `model.weights` lists them. */
  readonly weights: ArrayBuffer;
}

/**
 * The whole run: features of every photo, the head, what it does on the test photos.
 *
 * @throws Problem as LearningService.train says
 */
export async function trainModel(training: ModelTraining): Promise<TrainedModel> {
  const { extractor, queue, gpu, options, signal } = training;
  const started = performance.now();
  const hyperparameters: Hyperparameters = {
    preset: options.preset,
    ...PRESETS[options.preset],
    seed: options.seed ?? 1,
  };
  const report = reporter(training, hyperparameters.epochs);
  report({ stage: 'features', progress: 0 });
  await completeFeatures(queue, signal, (share) => {
    report({ stage: 'features', progress: FEATURES_SHARE * share });
  });

  const { classes, dataset } = await currentDataset(extractor);
  assertTaught(dataset, classes);
  report({ counts: dataset.counts });

  const { featureLength } = extractor.spec;
  const { variants, askedVariants } = hyperparameters;
  const validation = await dataset.loadMean('validation', askedVariants);
  const { head, history } = await trainHead({
    featureLength,
    train: await dataset.load('train', variants),
    validation,
    hyperparameters,
    gpu,
    signal,
    onEpoch: (epochs) => {
      const share = epochs.length / hyperparameters.epochs;
      report({
        stage: 'head',
        progress: FEATURES_SHARE + HEAD_SHARE * share,
        epoch: epochs.length,
        history: [...epochs],
      });
    },
  });
  try {
    report({ stage: 'evaluation', progress: FEATURES_SHARE + HEAD_SHARE });
    const checked = await answers(head, validation, featureLength);
    const { temperature } = fitTemperature(checked, validation.labels);
    const asked = await dataset.loadMean('test', askedVariants);
    const tested = await answers(head, asked, featureLength);
    gpu?.assertHealthy();
    const calibrated = Array.from(tested, (logit) => logit / temperature);
    const weights = [...(await head.toWeights()), await fitFamiliar(dataset)];
    report({ stage: 'saving', progress: 0.98 });
    const model: NewModel = {
      base: { id: extractor.spec.id, inputSize: extractor.inputSize, space: extractor.space },
      classes: classes.map(({ id, name, palette }) => ({ id, name, palette })),
      hyperparameters,
      history,
      temperature,
      ...(tested.length > 0 && { test: evaluate(calibrated, asked.labels) }),
      lessons: await dataset.lessons(),
      photoIds: {
        train: dataset.photoIds('train'),
        validation: dataset.photoIds('validation'),
        test: dataset.photoIds('test'),
      },
      backend: training.backend,
      seconds: (performance.now() - started) / 1000,
      weights: weights.map(({ spec }) => spec),
    };
    return { model, weights: joinWeights(weights) };
  } finally {
    head.dispose();
  }
}

/** The classes and the photos that have their features now. */
export async function currentDataset(
  extractor: FeatureExtractor,
): Promise<{ classes: ClassRecord[]; dataset: HeadDataset }> {
  const { space, spec } = extractor;
  const classes = await listClasses();
  // A photo that arrived this moment, in another tab, has to wait for the next training.
  const stored = await storedVariants(space);
  const photos = (await listPhotos()).filter(({ id }) =>
    VARIANTS.every((variant) => stored.get(id)?.has(variant)),
  );
  const classIds = classes.map(({ id }) => id);
  return { classes, dataset: new HeadDataset(space, spec.featureLength, classIds, photos) };
}

/** What the training photos look like, so that something else is told from them. */
async function fitFamiliar(dataset: HeadDataset): Promise<StoredWeight> {
  const train = await dataset.load('train', ['plain']);
  const { features } = await dataset.load('validation', ['plain']);
  const values = new Float32Array(fitNovelty(train.features, train.labels, features).toBytes());
  return storedWeight('novelty', [values.length], values);
}

/** Keeps what was reported last, so that each report states only what is new. */
function reporter({ onProgress }: ModelTraining, epochs: number) {
  let last: TrainProgress = {
    stage: 'features',
    progress: 0,
    epoch: 0,
    epochs,
    history: [],
    counts: { train: 0, validation: 0, test: 0 },
  };
  return (news: Partial<TrainProgress>) => {
    last = { ...last, ...news };
    onProgress(last);
  };
}

/** Waits for the feature queue, and leaves it to itself when the training is cancelled. */
async function completeFeatures(
  queue: FeatureQueue,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<void> {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, queue.pending);
    if (most > 0) onShare(1 - queue.pending / most);
  }, 200);
  const cancelled = new Promise<never>((_, reject) => {
    const cancel = () => {
      reject(new Problem('cancelled', 'The training was cancelled.'));
    };
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
  });
  try {
    await Promise.race([queue.catchUp(), cancelled]);
  } finally {
    clearInterval(timer);
  }
}

function assertTaught(
  dataset: HeadDataset,
  classes: readonly { id: string; name: string }[],
): void {
  const untaught = classes.filter(({ id }) => dataset.classesBelow(1).includes(id));
  if (untaught.length === 0) return;
  const names = untaught.map(({ name }) => `“${name}”`).join(' and ');
  throw new Problem(
    'too-few',
    `There is no photo to learn ${names} from yet. Take a few more; about ten of each is a start.`,
  );
}

/** The head's logits, `[photos]`. */
async function answers(
  head: DenseHead,
  { features, labels }: LabelledFeatures,
  featureLength: number,
): Promise<ArrayLike<number>> {
  // A tensor without rows is more than some kernels can take.
  if (labels.length === 0) return [];
  const logits = tf.tidy(() => head.logits(tf.tensor2d(features, [labels.length, featureLength])));
  const values = await logits.data();
  logits.dispose();
  return values;
}

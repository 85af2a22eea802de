/**
 * The training of the tutorial with TensorFlow.js's own layers, `fit` and gradients, and the app's
 * fine-tuning step. It runs in a page of the test harness: `(await harness.peer()).…`.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { activateTensors } from '../../src/learning/backend/backends.ts';
import { loadBaseFiles } from '../../src/learning/bases/base-files.ts';
import { TUTORIAL_LAYER } from '../../src/learning/fine-tune/fine-tune-layer.ts';
import { loadLayers } from '../../src/learning/model-files/load-layers.ts';
import { modelArtifacts } from '../../src/learning/model-files/model-artifacts.ts';
import { listBases } from '../../src/learning/bases/registry.ts';
import { preprocess } from '../../src/learning/network/preprocess.ts';
import { splitNetwork } from '../../src/learning/fine-tune/split-network.ts';
import { TailLearner } from '../../src/learning/fine-tune/tail-learner.ts';
import { Adam } from '../../src/learning/optim/adam.ts';
import { DenseHead } from '../../src/learning/head/dense-head.ts';
import { Random } from '../../src/platform/random.ts';
import { photoPixels } from '../../src/learning/input/model-pixels.ts';
import { pixelTensor } from '../../src/learning/input/picture-batch.ts';
import { variantBatch } from '../../src/learning/input/variants.ts';
import type { BackendName } from '../../src/records/engine.ts';
import { getImage, listPhotos } from '../../src/photos/repository.ts';
import type { TrainProgress } from '../../src/records/training.ts';
import type { Split } from '../../src/records/photo.ts';

const SIZE = 160;
const BATCH = 32;
const PREPROCESSING = { preprocessing: 'tf', inputRange: [-1, 1] } as const;

async function loadBase(): Promise<tfl.LayersModel> {
  const [base] = await listBases(new URL('bases/', document.baseURI).href);
  const { bytes } = await loadBaseFiles(base!);
  return loadLayers(modelArtifacts(base!.spec, bytes), SIZE);
}

/**
 * The photos of one split: `x`, `[count, 160, 160, 3]`, in the input range of the base,
 * and their labels, 0 or 1.
 *
 * @param max maximum number of photos
 */
async function pictures(split: Split, max = Infinity) {
  const photos = (await listPhotos())
    .filter((photo) => photo.split === split)
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
    .slice(0, max);
  const decoded: { id: string; rgba: Uint8ClampedArray }[] = [];
  for (const { id } of photos) {
    const image = (await getImage(id))!;
    decoded.push({ id, rgba: await photoPixels(image.bytes, image.type, SIZE) });
  }
  const x = tf.tidy(() =>
    preprocess(pixelTensor(variantBatch(decoded, ['plain'], SIZE)), PREPROCESSING),
  );
  return { x, labels: photos.map(({ classId }) => (classId === 'dog' ? 1 : 0)) };
}

/**
 * The tutorial's `base_model(x, training=False)`. Without it, `fit` of tfjs-layers lets even a
 * frozen batch normalization use the statistics of the batch, and hardly learns anything.
 */
class FrozenBase extends tfl.layers.Layer {
  static className = 'FrozenBase';
  readonly #base: tfl.LayersModel;

  constructor(base: tfl.LayersModel) {
    super({});
    this.#base = base;
  }

  override computeOutputShape(): tfl.Shape {
    return this.#base.outputs[0]!.shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.#base.apply(inputs, { training: false }) as tf.Tensor;
  }
}

/** The tutorial's model in tfjs-layers: the frozen base, global pooling, dropout, one logit. */
async function tutorialModel(): Promise<tfl.LayersModel> {
  const input = tfl.input({ shape: [SIZE, SIZE, 3] });
  const map = new FrozenBase(await loadBase()).apply(input) as tfl.SymbolicTensor;
  const pooled = tfl.layers.globalAveragePooling2d({}).apply(map) as tfl.SymbolicTensor;
  const dropped = tfl.layers.dropout({ rate: 0.2 }).apply(pooled) as tfl.SymbolicTensor;
  const logits = tfl.layers.dense({ units: 1 }).apply(dropped) as tfl.SymbolicTensor;
  return tfl.model({ inputs: input, outputs: logits });
}

/**
 * `model.fit` as in the tutorial, until an epoch reaches the target accuracy. It stores the outputs
 * of all layers of the frozen base, which on wasm takes more memory than there is for 32 photos.
 * The caller then uses a smaller batch, which is not slower per photo and takes more steps.
 *
 * @param target validation accuracy, 0 to 1
 * @param maxEpochs maximum number of epochs
 * @returns the time in seconds, and the best validation accuracy
 */
export async function tutorialFit(
  backend: BackendName,
  target: number,
  maxEpochs: number,
  batchSize: number,
) {
  await activateTensors(backend);
  const model = await tutorialModel();
  model.compile({
    optimizer: tf.train.adam(1e-4),
    loss: (truth, logits) => tf.losses.sigmoidCrossEntropy(truth, logits),
    metrics: [binaryAccuracy],
  });
  const [train, validation] = [await pictures('train'), await pictures('validation')];
  const labels = (values: number[]) => tf.tensor2d(values, [values.length, 1], 'float32');
  let accuracy = 0;
  let epochs = 0;
  const started = performance.now();
  await model.fit(train.x, labels(train.labels), {
    epochs: maxEpochs,
    batchSize,
    validationData: [validation.x, labels(validation.labels)],
    callbacks: {
      onEpochEnd: (epoch, logs) => {
        epochs = epoch + 1;
        accuracy = Math.max(accuracy, logs!['val_binaryAccuracy']!);
        model.stopTraining = accuracy >= target;
      },
    },
  });
  const seconds = (performance.now() - started) / 1000;
  return { seconds, accuracy, epochs, photos: train.labels.length, batchSize };
}

/** Keras's BinaryAccuracy for logits. */
function binaryAccuracy(truth: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return tf.tidy(() =>
    tf.mean(tf.cast(tf.equal(tf.cast(tf.greater(logits, 0), 'float32'), truth), 'float32')),
  );
}

/**
 * The app's own training in its worker.
 *
 * @returns `features`, the seconds for the features, which the app computes as photos are added;
 *   `whole`, the seconds of the training; `ends`, the seconds from its start to the end of each
 *   epoch; `accuracies`, the validation accuracy of each epoch
 */
export async function trainHead(backend: BackendName) {
  const { harness } = globalThis;
  await harness.settings.saveSettings({ inputSize: SIZE });
  await harness.startEngine('bases/', backend);
  const engineStarted = performance.now();
  while (harness.status().pendingPhotos > 0 || !harness.status().model) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const trainingStarted = performance.now();
  const ends: number[] = [];
  const onProgress = ({ history }: TrainProgress) => {
    if (history.length > ends.length) ends.push((performance.now() - trainingStarted) / 1000);
  };
  const { history } = await harness.train({ preset: 'quick' }, { onProgress });
  return {
    features: (trainingStarted - engineStarted) / 1000,
    whole: (performance.now() - trainingStarted) / 1000,
    ends,
    accuracies: history.map(({ validationAccuracy }) => validationAccuracy!),
  };
}

/**
 * Adds drawn pets to the library.
 *
 * @param counts number of cats, and of dogs, per split
 */
export async function drawPets(counts: Readonly<Record<Split, number>>): Promise<void> {
  const { harness } = globalThis;
  let seed = 0;
  for (const [split, count] of Object.entries(counts) as [Split, number][]) {
    for (let pet = 0; pet < count; pet++) {
      for (const kind of ['cat', 'dog'] as const) {
        const canvas = new OffscreenCanvas(320, 320);
        harness.drawPet(canvas, kind, ++seed);
        const images = await harness.encode.encodePhoto(canvas);
        await harness.photos.addPhoto({ classId: kind, ...images, source: 'file', split });
      }
    }
  }
}

/**
 * Seconds of each fine-tuning step, from layer 100, with a batch of 32: `ours` is the app's step
 * from cached boundary activations; `wholeModel` is the same update from the pixels through the
 * whole model with TensorFlow.js's own layers and gradients.
 */
export async function fineTuneSteps(backend: BackendName, steps: number, wholeModel: boolean) {
  await activateTensors(backend);
  const { x, labels } = await pictures('train', BATCH);
  const ours = await ourStep(x, labels);
  const whole = wholeModel ? await wholeModelStep(x, labels) : undefined;
  // A warm-up, because the first step compiles kernels.
  await ours();
  await whole?.();
  const seconds: { ours: number[]; wholeModel: number[] } = { ours: [], wholeModel: [] };
  for (let step = 0; step < steps; step++) {
    seconds.ours.push(await ours());
    if (whole) seconds.wholeModel.push(await whole());
  }
  return seconds;
}

type TimedStep = () => Promise<number>;

async function ourStep(x: tf.Tensor4D, labels: readonly number[]): Promise<TimedStep> {
  const { watch } = await activateTensors(tf.getBackend() as BackendName);
  const { frozen, tail } = splitNetwork(await loadBase(), TUTORIAL_LAYER);
  const boundary = frozen.run(x);
  const values = (await boundary.data()) as Float32Array;
  boundary.dispose();
  const length = values.length / labels.length;
  const head = DenseHead.create(1280, 1, new Random(1));
  const data = {
    prepareTraining: () => Promise.resolve(),
    boundaries: (examples: readonly { photo: number }[]) => {
      const rows = new Float32Array(examples.length * length);
      examples.forEach(({ photo }, row) => {
        rows.set(values.subarray(photo * length, (photo + 1) * length), row * length);
      });
      return Promise.resolve(rows);
    },
    through: () => {
      throw new Error('Nothing is validated here');
    },
  };
  const options = { dropout: 0.2, l2: 0, askedVariants: ['plain'] };
  const learner = new TailLearner(tail, head, data, options, watch);
  const optimizer = new Adam(learner.variables);
  const examples = labels.map((label, photo) => ({ photo, variant: 'plain', label }));
  const random = new Random(1);
  return async () => {
    const started = performance.now();
    const { logits, gradients } = await learner.gradients(examples, random);
    optimizer.step(gradients, 1e-5);
    tf.dispose([...gradients]);
    return finished(logits, learner.variables, started);
  };
}

async function wholeModelStep(x: tf.Tensor4D, labels: readonly number[]): Promise<TimedStep> {
  const base = await loadBase();
  base.trainable = true;
  base.layers.forEach((layer, index) => (layer.trainable = index >= TUTORIAL_LAYER));
  const kernel = tf.variable(tf.randomUniform([1280, 1], -0.05, 0.05));
  const bias = tf.variable(tf.zeros([1]));
  const trainable = base.layers
    .slice(TUTORIAL_LAYER)
    .flatMap((layer) =>
      layer.weights.filter(({ originalName }) => !originalName.includes('moving')),
    )
    .map((weight) => weight.read())
    .filter((weight) => weight instanceof tf.Variable);
  const variables = [...trainable, kernel, bias];
  // `minimize` silently skips variables that are not trainable.
  const count = variables.reduce((sum, { size, trainable }) => sum + (trainable ? size : 0), 0);
  if (count !== 1_862_721) throw new Error(`${count} parameters are trainable`);
  const optimizer = tf.train.adam(1e-5);
  const truth = tf.tensor2d([...labels], [labels.length, 1], 'float32');
  return async () => {
    const started = performance.now();
    let logits: tf.Tensor | undefined;
    const loss = optimizer.minimize(
      () => {
        const map = base.apply(x, { training: false }) as tf.Tensor;
        logits = tf.add(tf.matMul(tf.dropout(tf.mean(map, [1, 2]), 0.2), kernel), bias);
        return tf.losses.sigmoidCrossEntropy(truth, logits);
      },
      true,
      variables,
    )!;
    return finished(loss, variables, started);
  };
}

/**
 * Waits for the result and for all updated weights, because a GPU may still compute the weights
 * when the result is ready.
 *
 * @returns seconds since `started`
 */
async function finished(
  result: tf.Tensor,
  variables: readonly tf.Variable[],
  started: number,
): Promise<number> {
  await result.data();
  const sum = tf.tidy(() => tf.addN(variables.map((variable) => tf.sum(variable))));
  await sum.data();
  tf.dispose([result, sum]);
  return (performance.now() - started) / 1000;
}

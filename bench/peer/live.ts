/**
 * Classifies camera frames in three ways on one backend. It runs in a page of the test harness:
 * `(await harness.livePeers()).…`.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
// Not from the index, which also imports seedrandom; the content security policy refuses its
// `eval`.
import { CustomMobileNet } from '@teachablemachine/image/dist/custom-mobilenet.js';
import { drawSquare } from '../../src/image/draw-square.ts';
import { activateTensors } from '../../src/learning/backend/backends.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { readZipEntry } from '../../src/platform/archive/read-entry.ts';
import { listZip } from '../../src/platform/archive/zip-directory.ts';
import { fromBase64 } from '../../src/platform/base64.ts';
import type { BackendName } from '../../src/records/engine.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import { randomWeights } from '../../test/fixtures/base-random-weights.ts';
import { drawPets } from './main.ts';

/** Size of a camera frame in the live view, in pixels. */
const FRAME = { width: 640, height: 480 } as const;
/**
 * The model of Teachable Machine: MobileNetV2 of this width and input size, and two dense layers.
 */
const TEACHABLE = { alpha: 0.35, size: 224, units: 100 } as const;
/** Maximum difference between the probabilities of the app and of LayersModel. */
const TOLERANCE = 0.005;
/** Number of pictures for which the two are compared. */
const COMPARED = 4;

/** Gives the probability of "dog", 0 to 1. */
type Classifier = (frame: ImageBitmap) => Promise<number>;

/** Milliseconds of each frame, by classifier. */
export type LiveTimes = Readonly<Record<'ours' | 'LayersModel' | 'Teachable Machine', number[]>>;

/**
 * Times the classifiers. They alternate at each frame, so that other load on the machine slows all
 * of them equally.
 *
 * @param frames number of frames to time
 * @param warmUp number of frames before those
 * @throws Error if the app and LayersModel differ by more than TOLERANCE
 */
export async function labelFrames(
  backend: BackendName,
  frames: number,
  warmUp: number,
): Promise<LiveTimes> {
  const { ours, model } = await startOurs(backend);
  await activateTensors(backend);
  const classifiers: Readonly<Record<keyof LiveTimes, Classifier>> = {
    ours,
    LayersModel: await layersModel(model),
    'Teachable Machine': await teachableMachine(),
  };
  const times: LiveTimes = { ours: [], LayersModel: [], 'Teachable Machine': [] };
  for (let seed = 1; seed <= COMPARED; seed++) await compare(classifiers.LayersModel, seed);
  for (let frame = -warmUp; frame < frames; frame++) {
    for (const name of Object.keys(classifiers) as (keyof LiveTimes)[]) {
      const picture = await drawFrame(frame + warmUp + 1);
      const started = performance.now();
      await classifiers[name](picture);
      if (frame >= 0) times[name].push(performance.now() - started);
      picture.close();
    }
  }
  return times;
}

/** Compares the app, which averages over a picture and its mirror image, with LayersModel. */
async function compare(layersModel: Classifier, seed: number): Promise<void> {
  const { probabilities } = await globalThis.harness.classify(await drawFrame(seed));
  const logits: number[] = [];
  for (const mirrored of [false, true]) {
    const probability = await layersModel(await drawFrame(seed, mirrored));
    logits.push(Math.log(probability / (1 - probability)));
  }
  const theirs = 1 / (1 + Math.exp(-(logits[0]! + logits[1]!) / 2));
  const difference = Math.abs(probabilities[1]! - theirs);
  if (!(difference <= TOLERANCE)) {
    throw new Error(`The app and LayersModel differ by ${difference} at picture ${seed}`);
  }
}

async function drawFrame(seed: number, mirrored = false): Promise<ImageBitmap> {
  const { width, height } = FRAME;
  const canvas = new OffscreenCanvas(width, height);
  globalThis.harness.drawPet(canvas, seed % 2 === 0 ? 'cat' : 'dog', seed);
  if (!mirrored) return createImageBitmap(canvas);
  const mirror = new OffscreenCanvas(width, height);
  const context = mirror.getContext('2d')!;
  context.setTransform(-1, 0, 0, 1, width, 0);
  context.drawImage(canvas, 0, 0);
  return createImageBitmap(mirror);
}

/** Trains a model in the app, and classifies with its worker as the live view does. */
async function startOurs(backend: BackendName): Promise<{ ours: Classifier; model: ModelRecord }> {
  const { harness } = globalThis;
  await drawPets({ train: 10, validation: 4, test: 4 });
  await harness.startEngine('bases/', backend);
  const model = await harness.train({ preset: 'quick' });
  const ours = async (frame: ImageBitmap) =>
    (await harness.classify(frame, { follows: true })).probabilities[1]!;
  return { ours, model };
}

/** `predict` of the LayersModel that the app exports: the same base, head and known classes. */
async function layersModel(record: ModelRecord): Promise<Classifier> {
  const { base64 } = await globalThis.harness.exportModel(record.id, 'tfjs');
  const zip = new Blob([fromBase64(base64)]);
  const entries = await listZip(zip, { entries: 100, bytes: 100_000 });
  const read = async (name: string) =>
    readZipEntry(
      zip,
      entries.find(({ path }) => path === name)!,
    );
  const { modelTopology, weightsManifest } = JSON.parse(
    new TextDecoder().decode(await read('model.json')),
  ) as tf.io.ModelJSON;
  const model = await tfl.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0]!.weights,
      weightData: (await read('weights.bin')).buffer,
    }),
  );
  const size = record.base.inputSize;
  return async (frame) => {
    const probabilities = tf.tidy(() => {
      const pixels = tf.browser.fromPixels(drawSquare(frame, size) as unknown as ImageData);
      const input = tf.sub(tf.div(tf.expandDims(pixels), 127.5), 1);
      return model.predict(input) as tf.Tensor;
    });
    const values = await probabilities.data();
    probabilities.dispose();
    return values[1]!;
  };
}

/**
 * A model as Teachable Machine exports it, with Teachable Machine's library on this app's version
 * of TensorFlow.js. Its weights are random, because the time does not depend on them.
 */
async function teachableMachine(): Promise<Classifier> {
  const { alpha, size, units } = TEACHABLE;
  const network = mobileNetV2({ alpha, size });
  const { topology } = network;
  const truncated = await tfl.loadLayersModel(tf.io.fromMemory({ modelTopology: topology }));
  const weights = Object.fromEntries(
    randomWeights(network, 1).map(({ name, shape, data }) => [name, tf.tensor(data, [...shape])]),
  );
  truncated.loadWeights(weights);
  const base = tfl.sequential({ layers: [truncated, tfl.layers.globalAveragePooling2d({})] });
  const head = tfl.sequential({
    layers: [
      tfl.layers.dense({ inputShape: [1280], units, activation: 'relu' }),
      tfl.layers.dense({ units: 2, useBias: false, activation: 'softmax' }),
    ],
  });
  const labels = ['Cat', 'Dog'];
  const model = new CustomMobileNet(tfl.sequential({ layers: [base, head] }), {
    tfjsVersion: tf.version_core,
    labels,
  });
  return async (frame) => {
    const answers = await model.predict(frame);
    return answers.find(({ className }) => className === 'Dog')!.probability;
  };
}

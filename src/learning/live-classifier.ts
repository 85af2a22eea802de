import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from './backend/device-watch.ts';
import { classActivationMap } from './evaluate/class-activation-map.ts';
import type { PlainHead } from './evaluate/judge-photos.ts';
import { NoveltyModel } from './evaluate/novelty-model.ts';
import { answerOf, classProbabilities } from './evaluate/probabilities.ts';
import type { FeatureExtractor } from './features/feature-extractor.ts';
import { pool } from './features/pool.ts';
import { DenseHead } from './head/dense-head.ts';
import { modelPixels } from './input/model-pixels.ts';
import { variantBatch } from './input/variants.ts';
import type { Classification, ClassifyOptions } from './service.ts';
import type { ModelRecord } from '../models/record.ts';
import { weightOf } from '../models/repository.ts';
import { Problem } from '../problem.ts';
import { allFinite } from './training/state-bytes.ts';

/** A model on the backend, ready to classify pictures. */
export class LiveClassifier {
  readonly model: ModelRecord;
  /** For answers to features rather than pictures. */
  readonly plainHead: PlainHead;
  readonly #extractor: FeatureExtractor;
  readonly #watch: DeviceWatch;
  readonly #head: DenseHead;
  readonly #familiar: NoveltyModel;

  /**
   * @param weights as `model.weights` lists them
   * @param extractor of the features that the model's head reads; it stays the caller's
   * @throws Problem `damaged` when a weight is missing
   */
  constructor(
    model: ModelRecord,
    weights: ArrayBuffer,
    extractor: FeatureExtractor,
    watch: DeviceWatch,
  ) {
    const weight = (name: string) => {
      const bytes = weightOf(model, weights, name);
      if (!bytes) throw new Problem('damaged', `${model.name} is damaged. Train again.`);
      return bytes;
    };
    this.model = model;
    this.#familiar = NoveltyModel.fromBytes(weight('novelty'));
    const [kernel, bias] = [weight('dense/kernel'), weight('dense/bias')];
    this.plainHead = { kernel: new Float32Array(kernel), bias: new Float32Array(bias) };
    this.#head = DenseHead.fromBytes(kernel, bias);
    this.#extractor = extractor;
    this.#watch = watch;
  }

  /** Probabilities for one picture, which stays the caller's. */
  async classify(
    picture: VideoFrame | ImageBitmap,
    { heatMap = false }: ClassifyOptions = {},
  ): Promise<Classification> {
    const started = performance.now();
    const { logits, features, places } = await this.#run(picture, heatMap);
    if (!allFinite(logits)) {
      throw new Problem('not-finite', 'The model gave no answer to this picture.');
    }
    const probabilities = classProbabilities(logits, 1, this.model.temperature);
    const { answer } = answerOf(probabilities, 0, probabilities.length);
    return {
      probabilities: [...probabilities],
      novelty: this.#familiar.score(features) / this.#familiar.threshold,
      ...(places && { heatMap: classActivationMap(places, answer) }),
      modelId: this.model.id,
      milliseconds: performance.now() - started,
    };
  }

  /** One pass and one readback. */
  async #run(picture: VideoFrame | ImageBitmap, heatMap: boolean) {
    const { inputSize } = this.#extractor;
    const rgba = modelPixels(picture, inputSize);
    const variants = this.model.hyperparameters.askedVariants;
    let mapShape: number[] = [];
    const output = tf.tidy(() => {
      const map = this.#extractor.map(variantBatch([{ id: '', rgba }], variants, inputSize));
      mapShape = map.shape;
      const features = pool(map);
      // The mean over the variants: see loadMean. The first of them is the plain one.
      const parts: tf.Tensor[] = [
        this.#head.logits(tf.mean<tf.Tensor2D>(features, 0, true)),
        tf.slice(features, [0, 0], [1, -1]),
      ];
      // What each place of the map adds to the logits: a head is linear, and pooling is a mean.
      if (heatMap && map.rank === 4) {
        const plain = tf.slice(map, [0, 0, 0, 0], [1, -1, -1, -1]);
        const rows = tf.reshape(plain, [-1, mapShape[3]!]);
        parts.push(tf.matMul(rows, this.#head.kernel));
      }
      return tf.concat(parts.map((part) => tf.reshape(part, [-1])));
    });
    try {
      const values = await this.#watch.read(output);
      const { outputs } = this.#head;
      const length = mapShape.at(-1)!;
      const rest = values.subarray(outputs + length);
      return {
        logits: values.subarray(0, outputs),
        features: values.subarray(outputs, outputs + length),
        places:
          rest.length > 0 ? { values: rest, height: mapShape[1]!, width: mapShape[2]! } : undefined,
      };
    } finally {
      output.dispose();
    }
  }

  dispose(): void {
    this.#head.dispose();
  }
}

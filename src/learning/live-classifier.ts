import * as tf from '@tensorflow/tfjs-core';
import type { GpuWatch } from './backend/gpu-watch.ts';
import { sigmoid } from './evaluate/metrics.ts';
import { NoveltyModel } from './evaluate/novelty-model.ts';
import type { FeatureExtractor } from './features/feature-extractor.ts';
import { DenseHead } from './head/dense-head.ts';
import { modelPixels } from './input/model-pixels.ts';
import { variantBatch, type Variant } from './input/variants.ts';
import type { Classification } from './service.ts';
import type { ModelRecord } from '../models/record.ts';
import { loadWeights, weightOf } from '../models/repository.ts';
import { Problem } from '../problem.ts';

/** A stored model on the backend, ready to classify pictures. */
export class LiveClassifier {
  readonly model: ModelRecord;
  readonly #extractor: FeatureExtractor;
  readonly #gpu: GpuWatch | undefined;
  readonly #head: DenseHead;
  readonly #familiar: NoveltyModel;

  private constructor(
    model: ModelRecord,
    head: DenseHead,
    familiar: NoveltyModel,
    extractor: FeatureExtractor,
    gpu: GpuWatch | undefined,
  ) {
    this.model = model;
    this.#head = head;
    this.#familiar = familiar;
    this.#extractor = extractor;
    this.#gpu = gpu;
  }

  /** @throws Problem `damaged`, or `other-base` when the model was trained on other features */
  static async load(
    model: ModelRecord,
    extractor: FeatureExtractor,
    gpu?: GpuWatch,
  ): Promise<LiveClassifier> {
    if (model.base.space !== extractor.space) {
      throw new Problem(
        'other-base',
        `${model.name} was trained on another base model. Train again to use this one.`,
      );
    }
    return LiveClassifier.create(model, await loadWeights(model), extractor, gpu);
  }

  /**
   * @param weights as `model.weights` lists them
   * @throws Problem `damaged` when one is missing
   */
  static create(
    model: ModelRecord,
    weights: ArrayBuffer,
    extractor: FeatureExtractor,
    gpu?: GpuWatch,
  ): LiveClassifier {
    const weight = (name: string) => {
      const bytes = weightOf(model, weights, name);
      if (!bytes) throw new Problem('damaged', `${model.name} is damaged. Train again.`);
      return bytes;
    };
    const familiar = NoveltyModel.fromBytes(weight('novelty'));
    const head = DenseHead.fromBytes(weight('dense/kernel'), weight('dense/bias'));
    return new LiveClassifier(model, head, familiar, extractor, gpu);
  }

  /** Probabilities for one picture, which stays the caller's. */
  async classify(picture: VideoFrame | ImageBitmap): Promise<Classification> {
    const started = performance.now();
    const { inputSize } = this.#extractor;
    const pixels = modelPixels(picture, inputSize);
    const variants = this.model.hyperparameters.askedVariants as readonly Variant[];
    const output = tf.tidy(() => {
      const features = this.#extractor.extract(variantBatch([pixels], variants, inputSize));
      // The mean over the variants: see HeadDataset.loadMean.
      const logit = this.#head.logits(tf.mean<tf.Tensor2D>(features, 0, true));
      // One readback: the logit, then the features of the first variant, which is the plain one.
      return tf.concat([logit, tf.reshape(tf.slice(features, [0, 0], [1, -1]), [-1])]);
    });
    const values = await output.data();
    output.dispose();
    this.#gpu?.assertHealthy();
    const logit = values[0]! / this.model.temperature;
    if (!Number.isFinite(logit)) {
      throw new Problem('not-finite', 'The model gave no answer to this picture.');
    }
    // The one logit speaks for the second class.
    const probability = sigmoid(logit);
    return {
      probabilities: [1 - probability, probability],
      novelty: this.#familiar.score(values.subarray(1)) / this.#familiar.threshold,
      modelId: this.model.id,
      milliseconds: performance.now() - started,
    };
  }

  dispose(): void {
    this.#head.dispose();
  }
}

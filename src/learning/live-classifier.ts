import * as tf from '@tensorflow/tfjs-core';
import type { GpuWatch } from './backend/gpu-watch.ts';
import { sigmoid } from './evaluate/metrics.ts';
import type { FeatureExtractor } from './features/feature-extractor.ts';
import { DenseHead } from './head/dense-head.ts';
import { modelPixels } from './input/model-pixels.ts';
import { variantBatch, type Variant } from './input/variants.ts';
import type { Classification } from './service.ts';
import type { ModelRecord } from '../models/record.ts';
import { loadWeights } from '../models/repository.ts';
import { Problem } from '../problem.ts';

/** A stored model on the backend, ready to classify pictures. */
export class LiveClassifier {
  readonly model: ModelRecord;
  readonly #extractor: FeatureExtractor;
  readonly #gpu: GpuWatch | undefined;
  readonly #head: DenseHead;

  private constructor(
    model: ModelRecord,
    head: DenseHead,
    extractor: FeatureExtractor,
    gpu: GpuWatch | undefined,
  ) {
    this.model = model;
    this.#head = head;
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
    const head = DenseHead.fromBytes(await loadWeights(model));
    return new LiveClassifier(model, head, extractor, gpu);
  }

  /** Probabilities for one picture, which stays the caller's. */
  async classify(picture: VideoFrame | ImageBitmap): Promise<Classification> {
    const started = performance.now();
    const { inputSize } = this.#extractor;
    const pixels = modelPixels(picture, inputSize);
    const variants = this.model.hyperparameters.askedVariants as readonly Variant[];
    // The mean over the variants: see HeadDataset.loadMean.
    const logits = tf.tidy(() => {
      const features = this.#extractor.extract(variantBatch([pixels], variants, inputSize));
      return this.#head.logits(tf.mean<tf.Tensor2D>(features, 0, true));
    });
    const [logit] = await logits.data();
    logits.dispose();
    this.#gpu?.assertHealthy();
    if (!Number.isFinite(logit)) {
      throw new Problem('not-finite', 'The model gave no answer to this picture.');
    }
    // The one logit speaks for the second class.
    const probability = sigmoid(logit!);
    return {
      probabilities: [1 - probability, probability],
      modelId: this.model.id,
      milliseconds: performance.now() - started,
    };
  }

  dispose(): void {
    this.#head.dispose();
  }
}

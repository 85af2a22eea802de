import * as tf from '@tensorflow/tfjs-core';
import { softPicture } from '../../models/formats/golden-vectors.ts';
import type { TrainedNetwork } from '../../models/formats/trained-network.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { NoveltyModel } from '../evaluate/novelty-model.ts';
import { classProbabilities } from '../evaluate/probabilities.ts';
import { combinedNovelty, canDetectUnknown } from '../evaluate/combined-novelty.ts';
import { pool } from '../network/global-average-pooling.ts';
import type { HeadPrior } from '../head/head-prior.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { goldenPicture } from '../network/golden-check.ts';
import { preprocess } from '../network/preprocess.ts';

/** The app's own answer to a picture that it drew. */
export interface GoldenAnswer {
  /** RGB, `[size, size, 3]`, 0 to 255. */
  readonly pixels: Uint8Array;
  /** As the app answers: from the mean over the mirror image, if the model asks for it. */
  readonly app: readonly number[];
  /** From the picture alone. */
  readonly plain: readonly number[];
  /** See Classification.novelty; absent in a model whose training photos are not known. */
  readonly novelty?: number;
}

/** What answers beside the head. */
interface AnsweringParts {
  /** The base of the model with its fine-tuned weights. */
  readonly frozen: FrozenNetwork;
  readonly prior: HeadPrior | undefined;
  readonly record: Pick<ModelRecord, 'prior'>;
  readonly novelty: NoveltyModel | undefined;
  readonly spec: Pick<BaseSpec, 'inputRange' | 'preprocessing'>;
}

/** Lets the app's own network, head and prior answer the golden pictures. */
export async function goldenAnswers(
  { base: { size }, head, temperature, mirrored, further }: TrainedNetwork,
  { frozen, prior, record, novelty, spec }: AnsweringParts,
): Promise<GoldenAnswer[]> {
  const answers: GoldenAnswer[] = [];
  for (const pixels of [goldenPicture(size), softPicture(size)]) {
    const parts = tf.tidy(() => {
      const picture = tf.tensor4d(pixels, [1, size, size, 3], 'int32');
      const views = tf.concat<tf.Tensor4D>([picture, tf.reverse(picture, 2)]);
      const [map, mean] = frozen.outputs(preprocess(views, spec));
      const fromPrior = prior?.logits(map);
      const features = pool(map);
      const read = further
        ? tf.concat([features, tf.mul(mean as tf.Tensor2D, further.scale)], 1)
        : features;
      return [read, ...(fromPrior ? [fromPrior.logits, fromPrior.known] : [])].map((part) =>
        tf.clone(part),
      );
    });
    const values = await Promise.all(parts.map((part) => part.data<'float32'>()));
    tf.dispose(parts);
    const [features, priorLogits, known] = values.map(twoViews);
    const logits = (view: (views: TwoViews) => Float32Array) => {
      const own = logitsOf(view(features!), head);
      if (priorLogits) view(priorLogits).forEach((value, o) => (own[o]! += value));
      return [...classProbabilities(own, 1, temperature)];
    };
    const ofLastMap = features!.upright.subarray(0, novelty?.featureLength);
    const photos = novelty && novelty.score(ofLastMap) / novelty.threshold;
    const unlike =
      photos !== undefined && record.prior && canDetectUnknown(record.prior)
        ? combinedNovelty(photos, known!.upright, record.prior)
        : photos;
    const plain = logits(({ upright }) => upright);
    answers.push({
      pixels,
      plain,
      app: mirrored ? logits(({ mean }) => mean) : plain,
      ...(unlike !== undefined && { novelty: unlike }),
    });
  }
  return answers;
}

/** Numbers of a picture, and their mean with those of its mirror image. */
interface TwoViews {
  readonly upright: Float32Array;
  readonly mean: Float32Array;
}

function twoViews(values: Float32Array): TwoViews {
  const upright = values.subarray(0, values.length / 2);
  const mirror = values.subarray(values.length / 2);
  return { upright, mean: upright.map((value, i) => (value + mirror[i]!) / 2) };
}

function logitsOf(features: Float32Array, { kernel, bias }: TrainedNetwork['head']): Float64Array {
  const logits = Float64Array.from(bias);
  features.forEach((value, i) => {
    for (let o = 0; o < logits.length; o++) logits[o]! += value * kernel[i * logits.length + o]!;
  });
  return logits;
}

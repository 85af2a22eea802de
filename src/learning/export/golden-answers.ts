import * as tf from '@tensorflow/tfjs-core';
import { softPicture } from '../../models/formats/golden-vectors.ts';
import type { TrainedNetwork } from '../../models/formats/trained-network.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { NoveltyModel } from '../evaluate/novelty-model.ts';
import { classProbabilities } from '../evaluate/probabilities.ts';
import { pool } from '../features/global-average-pooling.ts';
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
  /** See Classification.novelty. */
  readonly novelty: number;
}

/**
 * Lets the app's own network and head answer the golden pictures.
 *
 * @param frozen the base of the model with its fine-tuned weights
 */
export async function goldenAnswers(
  frozen: FrozenNetwork,
  { base: { size }, head, temperature, mirrored }: TrainedNetwork,
  novelty: NoveltyModel,
  spec: Pick<BaseSpec, 'inputRange' | 'preprocessing'>,
): Promise<GoldenAnswer[]> {
  const answers: GoldenAnswer[] = [];
  for (const pixels of [goldenPicture(size), softPicture(size)]) {
    const features = tf.tidy(() => {
      const picture = tf.tensor4d(pixels, [1, size, size, 3], 'int32');
      const views = tf.concat<tf.Tensor4D>([picture, tf.reverse(picture, 2)]);
      return tf.clone(pool(frozen.run(preprocess(views, spec))));
    });
    const values = (await features.data()) as Float32Array;
    features.dispose();
    const upright = values.subarray(0, values.length / 2);
    const mirror = values.subarray(values.length / 2);
    const mean = upright.map((value, i) => (value + mirror[i]!) / 2);
    const probabilities = (row: Float32Array) => [
      ...classProbabilities(logitsOf(row, head), 1, temperature),
    ];
    answers.push({
      pixels,
      app: probabilities(mirrored ? mean : upright),
      plain: probabilities(upright),
      novelty: novelty.score(upright) / novelty.threshold,
    });
  }
  return answers;
}

function logitsOf(features: Float32Array, { kernel, bias }: TrainedNetwork['head']): Float64Array {
  const logits = Float64Array.from(bias);
  features.forEach((value, i) => {
    for (let o = 0; o < logits.length; o++) logits[o]! += value * kernel[i * logits.length + o]!;
  });
  return logits;
}

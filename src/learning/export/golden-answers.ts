import * as tf from '@tensorflow/tfjs-core';
import { softPicture } from '../../models/formats/golden-vectors.ts';
import type { TrainedNetwork } from '../../models/formats/trained-network.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { AnswerPart } from '../../records/export.ts';
import type { Prior } from '../../records/model.ts';
import { NoveltyModel } from '../evaluate/novelty-model.ts';
import { combinedNovelty, hasVoice } from '../evaluate/second-voice.ts';
import { classProbabilities } from '../evaluate/probabilities.ts';
import { pool } from '../features/global-average-pooling.ts';
import { HeadPrior } from '../head/head-prior.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { goldenPicture } from '../network/golden-check.ts';
import { preprocess } from '../network/preprocess.ts';

/** What the app's own network finds in a picture that it drew, and in its mirror image. */
export interface GoldenAnswer {
  /** RGB, `[size, size, 3]`, 0 to 255. */
  readonly pixels: Uint8Array;
  readonly upright: View;
  readonly mirror: View;
}

interface View {
  /** `[featureLength]` */
  readonly features: Float32Array;
  /** `[known]`: logits of the known classes; empty without a prior. */
  readonly known: Float32Array;
  /** `[outputs]`: the prior's part of the logits; zeros without a prior. */
  readonly priorLogits: Float32Array;
}

/**
 * Lets the app's own network look at the golden pictures.
 *
 * @param frozen the base of the model with its fine-tuned weights
 */
export async function goldenAnswers(
  frozen: FrozenNetwork,
  { base: { size }, head, prior: weights }: TrainedNetwork,
  { prior }: { readonly prior?: Prior },
  spec: Pick<BaseSpec, 'inputRange' | 'preprocessing'>,
): Promise<GoldenAnswer[]> {
  const answers: GoldenAnswer[] = [];
  const headPrior =
    prior && weights && HeadPrior.fromBytes(prior, bytesOf(weights.kernel), bytesOf(weights.bias));
  try {
    for (const pixels of [goldenPicture(size), softPicture(size)]) {
      const tensors = tf.tidy(() => {
        const picture = tf.tensor4d(pixels, [1, size, size, 3], 'int32');
        const views = tf.concat<tf.Tensor4D>([picture, tf.reverse(picture, 2)]);
        const map = frozen.run(preprocess(views, spec));
        const found = headPrior?.logits(map);
        const known = found?.known ?? tf.zeros([2, 0]);
        const logits = found?.logits ?? tf.zeros([2, head.bias.length]);
        return [tf.clone(pool(map)), known, logits];
      });
      const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
      tf.dispose(tensors);
      const [upright, mirror] = [0, 1].map((view): View => {
        const [features, known, priorLogits] = values.map((rows) =>
          rows.slice((view * rows.length) / 2, ((view + 1) * rows.length) / 2),
        );
        return { features: features!, known: known!, priorLogits: priorLogits! };
      });
      answers.push({ pixels, upright: upright!, mirror: mirror! });
    }
    return answers;
  } finally {
    headPrior?.dispose();
  }
}

/**
 * The app's answer to a golden picture, without the parts of it that a format leaves out.
 *
 * @returns the probabilities, and the novelty as in `Classification.novelty`
 */
export function answerWithout(
  omits: readonly AnswerPart[],
  { upright, mirror }: GoldenAnswer,
  { head, temperature, mirrored, novelty }: TrainedNetwork,
  { prior }: { readonly prior?: Prior },
): { readonly probabilities: readonly number[]; readonly novelty: number } {
  const views = mirrored && !omits.includes('mirror') ? [upright, mirror] : [upright];
  const hasPrior = !omits.includes('known-classes');
  const logits = Float64Array.from(head.bias);
  for (const { features, priorLogits } of views) {
    features.forEach((value, i) => {
      for (let o = 0; o < logits.length; o++) {
        logits[o]! += (value * head.kernel[i * logits.length + o]!) / views.length;
      }
    });
    if (hasPrior) priorLogits.forEach((value, o) => (logits[o]! += value / views.length));
  }
  const { references, neighbours, threshold } = novelty ?? {};
  const scorer =
    references && new NoveltyModel(references, upright.features.length, neighbours!, threshold!);
  const photos = scorer && scorer.score(upright.features) / scorer.threshold;
  return {
    probabilities: [...classProbabilities(logits, 1, temperature)],
    novelty:
      hasPrior && prior && hasVoice(prior)
        ? combinedNovelty(photos, upright.known, prior)
        : (photos ?? 0),
  };
}

function bytesOf(values: Float32Array): ArrayBuffer {
  return values.slice().buffer;
}

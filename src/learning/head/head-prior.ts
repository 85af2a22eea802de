import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import { readoutOfPrior, storedReadout } from '../features/known-readout.ts';
import { matchedClasses, mixtureOfMatched } from '../features/prior-logits.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import type { Prior } from '../../records/prior.ts';
import { KnownClassPredictor } from './known-class-predictor.ts';
import { storedWeight, type StoredWeight } from './stored-weight.ts';

/**
 * A `Prior` on the backend: the part of a model's logits that comes from the last feature map
 * through the base's own predictor, and that no training changes. Call `dispose` to free it.
 */
export class HeadPrior {
  readonly #predictor: KnownClassPredictor;
  /** `[known, outputs]` */
  readonly #mixture: tf.Tensor2D;

  /** @param predictor of the `matchedClasses`, in that order; the prior owns it from now on */
  private constructor(prior: Prior, predictor: KnownClassPredictor) {
    this.#predictor = predictor;
    const { classes } = predictor;
    this.#mixture = disposeIfThrown((keep) => {
      keep(predictor);
      const values = mixtureOfMatched(prior);
      return tf.tensor2d(values, [classes, values.length / classes]);
    });
  }

  /**
   * The prior of a plan.
   *
   * @param known predicts all known classes of the base
   * @returns undefined if the plan has none
   * @throws Problem `base` if it has one, and the base does not know its classes here
   */
  static of(
    { prior }: Pick<TrainingPlan, 'prior'>,
    known: FeatureExtractor['known'],
  ): HeadPrior | undefined {
    if (!prior) return undefined;
    if (!known) {
      throw new Problem(
        'base',
        msg(
          'A part of the base model is not on this device. Connect, open the app again and train.',
        ),
      );
    }
    return new HeadPrior(prior, new KnownClassPredictor(readoutOfPrior(known, prior)));
  }

  /**
   * Restores a prior from stored weights.
   *
   * @param kernel float32 `[featureLength, known * anchors]`
   * @param bias float32 `[known * anchors]`
   * @throws RangeError if the sizes do not match
   */
  static fromBytes(prior: Prior, kernel: ArrayBuffer, bias: ArrayBuffer): HeadPrior {
    const outputs = matchedClasses(prior).length * prior.anchors;
    const rows = kernel.byteLength / bias.byteLength;
    if (bias.byteLength !== 4 * outputs || !Number.isInteger(rows)) {
      throw new RangeError(`${kernel.byteLength} and ${bias.byteLength} bytes are no prior`);
    }
    return new HeadPrior(prior, new KnownClassPredictor(storedReadout(prior, kernel, bias)));
  }

  /**
   * The prior's part of the logits, and what it is made of.
   *
   * @param map `[batch, h, w, featureLength]`
   * @returns `known`: `[batch, known]`, `logits`: `[batch, outputs]`; the caller disposes both
   */
  logits(map: tf.Tensor): { known: tf.Tensor2D; logits: tf.Tensor2D } {
    return tf.tidy(() => {
      const known = this.#predictor.logits(map);
      return { known, logits: tf.matMul(known, this.#mixture) };
    });
  }

  /**
   * The gradient with respect to the map.
   *
   * @param dz gradient with respect to the logits, `[batch, outputs]`
   * @returns as the map; the caller disposes it
   */
  mapGradient(map: tf.Tensor, dz: tf.Tensor2D): tf.Tensor {
    return tf.tidy(() =>
      this.#predictor.mapGradient(map, tf.matMul(dz, this.#mixture, false, true)),
    );
  }

  /**
   * Reads the weights of the predictor.
   *
   * @throws Problem `gpu`
   */
  async toWeights(watch: DeviceWatch): Promise<StoredWeight[]> {
    const { kernel, bias } = this.#predictor;
    const [kernelValues, biasValues] = await Promise.all([watch.read(kernel), watch.read(bias)]);
    return [
      storedWeight('known/kernel', kernel.shape, kernelValues),
      storedWeight('known/bias', bias.shape, biasValues),
    ];
  }

  dispose(): void {
    this.#predictor.dispose();
    this.#mixture.dispose();
  }
}

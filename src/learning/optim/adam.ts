import * as tf from '@tensorflow/tfjs-core';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
/** Keras's default. It is added outside the square root. */
const EPSILON = 1e-7;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980) as Keras computes it: at step t
 * `m += (g - m)(1 - b1)`, `v += (g^2 - v)(1 - b2)`,
 * `w -= m lr sqrt(1 - b2^t) / (1 - b1^t) / (sqrt(v) + epsilon)`.
 *
 * TensorFlow.js's Adam is not used: it places the epsilon elsewhere, its learning rate cannot
 * follow a schedule, and its state cannot be stored.
 */
export class Adam {
  /** Steps taken so far. */
  steps: number;
  readonly #variables: readonly tf.Variable[];
  readonly #first: readonly tf.Variable[];
  readonly #second: readonly tf.Variable[];

  /**
   * @param variables the variables to optimise; the caller disposes them
   * @param steps steps already taken, if the caller restores `moments` of an earlier run
   */
  constructor(variables: readonly tf.Variable[], steps = 0) {
    this.#variables = variables;
    [this.#first, this.#second] = disposeIfThrown((keep) => {
      const moments = () => variables.map((variable) => keep(zeros(variable)));
      return [moments(), moments()];
    });
    this.steps = steps;
  }

  /**
   * The moving averages of the gradients, in the order of the variables, followed by those of the
   * squared gradients.
   */
  get moments(): readonly tf.Variable[] {
    return [...this.#first, ...this.#second];
  }

  /**
   * Updates the variables.
   *
   * @param gradients gradients of the loss, in the order of the variables; the caller disposes them
   * @param learningRate learning rate of this step
   */
  step(gradients: readonly tf.Tensor[], learningRate: number): void {
    const t = ++this.steps;
    const rate = (learningRate * Math.sqrt(1 - BETA_2 ** t)) / (1 - BETA_1 ** t);
    this.#variables.forEach((variable, i) => {
      // One tidy per variable, so that the temporary copies of only one variable exist at a time.
      tf.tidy(() => {
        const gradient = gradients[i]!;
        const m = updateAverage(this.#first[i]!, gradient, 1 - BETA_1);
        const v = updateAverage(this.#second[i]!, tf.square(gradient), 1 - BETA_2);
        const change = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), EPSILON));
        variable.assign(tf.sub(variable, change));
      });
    });
  }

  dispose(): void {
    tf.dispose([...this.moments]);
  }
}

/** Moves a moving average towards a value: `average += (value - average) weight`. */
function updateAverage(average: tf.Variable, value: tf.Tensor, weight: number): tf.Tensor {
  average.assign(tf.add(average, tf.mul(tf.sub(value, average), weight)));
  return average;
}

function zeros(like: tf.Variable): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zerosLike(like), false));
}

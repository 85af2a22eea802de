import * as tf from '@tensorflow/tfjs-core';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
/** Keras's; it stands outside the root. */
const EPSILON = 1e-7;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980) as Keras writes it: at step t
 * `m += (g - m)(1 - b1)`, `v += (g^2 - v)(1 - b2)`,
 * `w -= m lr sqrt(1 - b2^t) / (1 - b1^t) / (sqrt(v) + epsilon)`.
 *
 * TensorFlow.js's own puts the epsilon elsewhere, and neither can its learning rate follow a
 * schedule nor its state be stored.
 */
export class Adam {
  /** Steps taken so far. */
  steps: number;
  readonly #variables: readonly tf.Variable[];
  readonly #first: readonly tf.Variable[];
  readonly #second: readonly tf.Variable[];

  /**
   * @param variables what it changes; they stay the caller's
   * @param steps that were taken before, when `moments` are about to be restored
   */
  constructor(variables: readonly tf.Variable[], steps = 0) {
    this.#variables = variables;
    this.#first = variables.map(zeros);
    this.#second = variables.map(zeros);
    this.steps = steps;
  }

  /** The running means: of the gradients, in the order of the variables, then of their squares. */
  get moments(): readonly tf.Variable[] {
    return [...this.#first, ...this.#second];
  }

  /**
   * @param gradients of the loss, one a variable in their order; they stay the caller's
   * @param learningRate of this step
   */
  step(gradients: readonly tf.Tensor[], learningRate: number): void {
    const t = ++this.steps;
    const rate = (learningRate * Math.sqrt(1 - BETA_2 ** t)) / (1 - BETA_1 ** t);
    this.#variables.forEach((variable, i) => {
      // A tidy a variable: else all of them lie in memory a second and third time.
      tf.tidy(() => {
        const gradient = gradients[i]!;
        const m = moved(this.#first[i]!, gradient, 1 - BETA_1);
        const v = moved(this.#second[i]!, tf.square(gradient), 1 - BETA_2);
        const change = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), EPSILON));
        variable.assign(tf.sub(variable, change));
      });
    });
  }

  dispose(): void {
    tf.dispose([...this.moments]);
  }
}

/** Moves a running mean towards a value by a share of the way, and gives it. */
function moved(mean: tf.Variable, value: tf.Tensor, share: number): tf.Tensor {
  mean.assign(tf.add(mean, tf.mul(tf.sub(value, mean), share)));
  return mean;
}

function zeros(like: tf.Variable): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zerosLike(like), false));
}

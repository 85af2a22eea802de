import * as tf from '@tensorflow/tfjs-core';

/**
 * Gradient of the mean cross-entropy with respect to the logits:
 * `(probability - truth) / batchSize`, where the probability is the sigmoid of a single logit or
 * the softmax of several. This closed form takes three operations; automatic differentiation takes
 * twenty.
 *
 * @param logits `[rows, outputs]`; 1 output for two classes, otherwise one per class
 * @param labels class index of each row
 * @param batchSize rows in the whole batch, of which these rows may be a part
 * @param classWeights weight of each class in the loss, as Keras's `class_weight`: the sum is still
 *   divided by the number of rows; 1 each by default
 * @returns `[rows, outputs]`
 */
export function crossEntropyGradient(
  logits: tf.Tensor2D,
  labels: readonly number[],
  batchSize: number,
  classWeights?: readonly number[],
): tf.Tensor2D {
  return tf.tidy(() => {
    const outputs = logits.shape[1];
    const truth = new Float32Array(labels.length * outputs);
    labels.forEach((label, row) => {
      if (outputs === 1) truth[row] = label;
      else truth[row * outputs + label] = 1;
    });
    const probabilities = outputs === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
    const dz = tf.div<tf.Tensor2D>(
      tf.sub(probabilities, tf.tensor2d(truth, logits.shape)),
      batchSize,
    );
    if (!classWeights) return dz;
    const weights = labels.map((label) => classWeights[label]!);
    return tf.mul(dz, tf.tensor2d(weights, [labels.length, 1]));
  });
}

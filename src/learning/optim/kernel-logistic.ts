/** What a logistic regression in its dual form learns from. */
export interface KernelProblem {
  /** Inner products of the centred features of all photos, `[count, count]`. */
  readonly gram: Float64Array;
  /** Number of photos, those that it does not learn from included. */
  readonly count: number;
  /** The photos that it learns from. */
  readonly rows: readonly number[];
  /** Class index of each photo. */
  readonly labels: readonly number[];
  /** A fixed part of the logits of each photo, `[count, outputs]`. */
  readonly offsets: Float64Array;
  /** 1 for two classes, otherwise one per class. */
  readonly outputs: number;
  /** As in `Hyperparameters`. */
  readonly l2: number;
  readonly biasL2: number;
}

/** With these, the logits of a head on features of a MobileNetV2 are within 1 % of the optimum's. */
const MAX_STEPS = 60;
const SMALLEST_CHANGE = 1e-5;

const POWER_STEPS = 12;
/** Power iteration approaches the eigenvalue from below; steps that are too large diverge. */
const EIGENVALUE_MARGIN = 1.1;

/**
 * Trains a head to the minimum of its loss (mean cross-entropy from logits, plus `l2 / 2` times the
 * squared norm of the kernel and `biasL2 / 2` times that of the bias), and predicts every photo. The
 * kernel of the head is a weighted sum of feature vectors (representer theorem: Kimeldorf and Wahba
 * 1971), so inner products are enough, and a step costs the square of the number of photos, whatever
 * the number of features. It is Nesterov's accelerated gradient descent in the space of the kernel,
 * with restarts (O'Donoghue and Candès 2015). Plain float64 arithmetic, so that the same features
 * give the same result on every backend.
 *
 * @returns logits `[count, outputs]`
 */
export function kernelLogits(problem: KernelProblem): Float64Array {
  const { rows, outputs, l2, biasL2 } = problem;
  const size = rows.length;
  const own = gramOf(problem);
  const spread = largestEigenvalue(own, size) / size;
  // The slope of a sigmoid is at most 1/4, and the largest eigenvalue of the Jacobian of a softmax
  // 1/2. The bias counts as a feature that is as large as the largest of the others.
  const slope = outputs === 1 ? 0.25 : 0.5;
  const step = 1 / (2 * slope * spread + l2);
  const biasStep = 1 / (2 * slope + l2 / spread + biasL2);
  let weights = new Float64Array(size * outputs);
  let bias = new Float64Array(outputs);
  // Where the gradient is computed: ahead of the weights, by their momentum.
  let ahead = weights;
  let biasAhead = bias;
  let momentum = 1;
  let before = Infinity;
  for (let i = 0; i < MAX_STEPS; i++) {
    const { loss, dLogits, dBias } = lossAt(problem, own, ahead, biasAhead);
    const isWorse = loss > before;
    const nextMomentum = isWorse ? 1 : (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    // The momentum coefficient of Nesterov's method; 0 restarts it.
    const beta = isWorse ? 0 : (momentum - 1) / nextMomentum;
    const next = moved(ahead, step, (j) => dLogits[j]! + l2 * ahead[j]!);
    const nextBias = moved(biasAhead, biasStep, (o) => dBias[o]! + biasL2 * biasAhead[o]!);
    ahead = extrapolated(next, weights, beta);
    biasAhead = extrapolated(nextBias, bias, beta);
    [weights, bias, momentum] = [next, nextBias, nextMomentum];
    if (Math.abs(before - loss) < SMALLEST_CHANGE * loss) break;
    before = loss;
  }
  return logitsOf(problem, weights, bias);
}

function moved(from: Float64Array, step: number, gradient: (index: number) => number) {
  return from.map((value, i) => value - step * gradient(i));
}

function extrapolated(
  to: Float64Array,
  from: Float64Array,
  beta: number,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(to, (value, i) => value + beta * (value - from[i]!));
}

/** Inner products of the photos that it learns from, `[rows, rows]`. */
function gramOf({ gram, count, rows }: KernelProblem): Float64Array {
  const own = new Float64Array(rows.length ** 2);
  rows.forEach((row, i) => {
    rows.forEach((column, j) => (own[i * rows.length + j] = gram[row * count + column]!));
  });
  return own;
}

/** By power iteration, and a little above. */
function largestEigenvalue(matrix: Float64Array, size: number): number {
  let vector = Float64Array.from({ length: size }, (_, i) => 1 + (i % 7) / 7);
  let value = 0;
  for (let step = 0; step < POWER_STEPS; step++) {
    const product = new Float64Array(size);
    for (let i = 0; i < size; i++) product[i] = dot(matrix, i * size, vector, size);
    value = Math.sqrt(dot(product, 0, product, size));
    if (value === 0) break;
    vector = product.map((each) => each / value);
  }
  return EIGENVALUE_MARGIN * Math.max(value, Number.MIN_VALUE / Number.EPSILON);
}

function dot(matrix: Float64Array, from: number, vector: Float64Array, size: number): number {
  let sum = 0;
  for (let j = 0; j < size; j++) sum += matrix[from + j]! * vector[j]!;
  return sum;
}

/** The loss, and the gradient of the cross-entropy by logit, `[rows, outputs]`, and by bias. */
function lossAt(
  { rows, labels, offsets, outputs, l2, biasL2 }: KernelProblem,
  own: Float64Array,
  weights: Float64Array,
  bias: Float64Array,
): { loss: number; dLogits: Float64Array; dBias: Float64Array } {
  const size = rows.length;
  const dLogits = new Float64Array(size * outputs);
  const dBias = new Float64Array(outputs);
  const columns = columnsOf(weights, outputs);
  let loss = (biasL2 / 2) * dot(bias, 0, bias, outputs);
  rows.forEach((photo, i) => {
    let largest = outputs === 1 ? 0 : -Infinity;
    for (let o = 0; o < outputs; o++) {
      const learned = dot(own, i * size, columns[o]!, size);
      loss += (l2 / 2) * learned * columns[o]![i]!;
      const logit = learned + bias[o]! + offsets[photo * outputs + o]!;
      dLogits[i * outputs + o] = logit;
      largest = Math.max(largest, logit);
    }
    // A single logit is that of the second class; the first one's is 0.
    let sum = outputs === 1 ? Math.exp(-largest) : 0;
    for (let o = 0; o < outputs; o++) sum += Math.exp(dLogits[i * outputs + o]! - largest);
    const label = outputs === 1 ? labels[photo]! - 1 : labels[photo]!;
    const logitOfLabel = label < 0 ? 0 : dLogits[i * outputs + label]!;
    loss += (largest + Math.log(sum) - logitOfLabel) / size;
    for (let o = 0; o < outputs; o++) {
      const probability = Math.exp(dLogits[i * outputs + o]! - largest) / sum;
      const gradient = (probability - (o === label ? 1 : 0)) / size;
      dLogits[i * outputs + o] = gradient;
      dBias[o]! += gradient;
    }
  });
  return { loss, dLogits, dBias };
}

/** The weights of each output, contiguous. */
function columnsOf(weights: Float64Array, outputs: number): Float64Array[] {
  if (outputs === 1) return [weights];
  return Array.from({ length: outputs }, (_, o) => weights.filter((_, i) => i % outputs === o));
}

function logitsOf(
  { gram, count, rows, offsets, outputs }: KernelProblem,
  weights: Float64Array,
  bias: Float64Array,
): Float64Array {
  return offsets.map((offset, i) => {
    const output = i % outputs;
    const from = ((i - output) / outputs) * count;
    let logit = offset + bias[output]!;
    rows.forEach((row, j) => (logit += gram[from + row]! * weights[j * outputs + output]!));
    return logit;
  });
}

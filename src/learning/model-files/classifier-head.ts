import type { TopLayer } from './cut-classifier.ts';
import { isMap } from './cut-classifier.ts';
import type { LayerJson, TensorRef } from './keras/keras-json.ts';

/** How a classifier computes its logits from features. */
export interface HeadPlan {
  /**
   * The tensor with the features, if it is not the feature map below the classifier: the classifier
   * has layers that are not linear, so they belong to the base.
   */
  readonly features?: TensorRef;
  /** Layers that are linear in the features, in order; the last one gives the logits. */
  readonly linear: readonly LayerJson[];
  /** Number of classes, 2 or more. */
  readonly classes: number;
}

/** A head for the app: `logits = features . kernel + bias`. */
export interface ClassifierHead {
  /** `[features, outputs]`, row-major; 1 output for two classes, otherwise one per class */
  readonly kernel: Float32Array<ArrayBuffer>;
  /** `[outputs]` */
  readonly bias: Float32Array<ArrayBuffer>;
}

const AVERAGES = new Set(['GlobalAveragePooling2D', 'KeepdimsGlobalAveragePooling2D']);
/** Layers without an effect on a vector, or on a map of one position, in inference. */
const SHAPING = new Set(['Dropout', 'Flatten', 'Reshape']);

/**
 * Plans the head of a classifier: its last layer with weights gives the logits, and all before it
 * that is not linear in the averaged feature map is left to the base.
 *
 * @param top from `cutClassifier`
 * @returns undefined if the output is no classification with one probability for each class
 */
export function planHead(top: readonly TopLayer[]): HeadPlan | undefined {
  const last = top.findLastIndex(({ layer }) => isDense(layer));
  const dense = top[last];
  if (!dense) return undefined;
  const { layer } = dense;
  const after = top.slice(last + 1).map((each) => each.layer);
  const units = layer.config[layer.class_name === 'Dense' ? 'units' : 'filters'];
  const classes = classesOf(Number(units), [layer, ...after]);
  // A dense layer on a map gives one answer for each position.
  if (classes === undefined || isMap(dense.sides)) return undefined;
  const before = top.slice(0, last);
  const affine = before.filter((each) => each.layer.class_name === 'BatchNormalization');
  if (before.every(isLinear) && before.some(averages)) {
    return { linear: [...affine.map((each) => each.layer), layer], classes };
  }
  return { features: dense.reads, linear: [layer], classes };
}

/** A dense layer, or a 1x1 convolution, which is one on a map of one position. */
function isDense({ class_name, config }: LayerJson): boolean {
  if (class_name === 'Dense') return true;
  return class_name === 'Conv2D' && [config['kernel_size']].flat().every((side) => side === 1);
}

/** The number of classes, if the output is a probability or logit for each of them. */
function classesOf(units: number, layers: readonly LayerJson[]): number | undefined {
  const activations = layers.flatMap((layer) => activationOf(layer) ?? []);
  const isKnown = (layer: LayerJson) =>
    SHAPING.has(layer.class_name) || activationOf(layer) !== undefined;
  if (!layers.every(isKnown)) return undefined;
  const effective = activations.filter((name) => name !== 'linear');
  if (effective.length > 1 || !Number.isSafeInteger(units)) return undefined;
  const [activation = 'linear'] = effective;
  if (units === 1) return activation === 'softmax' ? undefined : 2;
  return units > 1 ? units : undefined;
}

/** `linear`, `softmax` or `sigmoid`; undefined for a layer that is none of them. */
function activationOf({ class_name, config }: LayerJson): string | undefined {
  if (class_name === 'Softmax') return 'softmax';
  if (!['Activation', 'Conv2D', 'Dense'].includes(class_name)) return undefined;
  const name = config['activation'] ?? 'linear';
  return name === 'linear' || name === 'softmax' || name === 'sigmoid' ? name : undefined;
}

/** Whether a layer before the logits leaves them linear in the averaged feature map. */
function isLinear(each: TopLayer): boolean {
  const { layer, sides } = each;
  const kind = layer.class_name;
  if (averages(each)) return true;
  if (kind === 'Dropout') return true;
  if (kind === 'Activation') return layer.config['activation'] === 'linear';
  return !isMap(sides) && (SHAPING.has(kind) || isChannelNorm(layer));
}

function averages({ layer, sides }: TopLayer): boolean {
  const { class_name, config } = layer;
  if (AVERAGES.has(class_name)) return true;
  // The caller has found that it leaves one position, so its window is the whole map.
  const window = [config['pool_size'] ?? 2].flat() as number[];
  const [height, width = height] = window;
  return class_name === 'AveragePooling2D' && sides?.[0] === height && sides?.[1] === width;
}

function isChannelNorm({ class_name, config }: LayerJson): boolean {
  const axis = config['axis'];
  return class_name === 'BatchNormalization' && (axis === -1 || axis === 1 || axis === 3);
}

/**
 * Computes the kernel and the bias of a head: normalisations are folded into the dense layer, and the
 * softmax of two logits becomes the sigmoid of their difference, which is the same.
 *
 * @param weightOf the values of a weight of a layer, such as `kernel`; undefined if it has none
 * @returns undefined if the weights do not fit each other
 */
export function headOf(
  { linear, classes }: HeadPlan,
  weightOf: (layer: LayerJson, name: string) => Float32Array | undefined,
): ClassifierHead | undefined {
  const dense = linear.at(-1)!;
  const weights = weightOf(dense, 'kernel');
  const units = Number(dense.config[dense.class_name === 'Dense' ? 'units' : 'filters']);
  if (!weights || weights.length % units !== 0) return undefined;
  const length = weights.length / units;
  const kernel = Float64Array.from(weights);
  const bias = Float64Array.from(weightOf(dense, 'bias') ?? new Float32Array(units));
  if (bias.length !== units) return undefined;
  for (const norm of linear.slice(0, -1).reverse()) {
    const values = (name: string, otherwise: number) =>
      weightOf(norm, name) ?? new Float32Array(length).fill(otherwise);
    const [gamma, beta] = [values('gamma', 1), values('beta', 0)];
    const [mean, variance] = [values('moving_mean', 0), values('moving_variance', 1)];
    if ([gamma, beta, mean, variance].some((each) => each.length !== length)) return undefined;
    const epsilon = Number(norm.config['epsilon'] ?? 1e-3);
    for (let i = 0; i < length; i++) {
      const scale = gamma[i]! / Math.sqrt(variance[i]! + epsilon);
      const shift = beta[i]! - mean[i]! * scale;
      for (let unit = 0; unit < units; unit++) {
        bias[unit]! += shift * kernel[i * units + unit]!;
        kernel[i * units + unit]! *= scale;
      }
    }
  }
  const head =
    classes === 2 && units === 2
      ? { kernel: differences(kernel), bias: differences(bias) }
      : { kernel: Float32Array.from(kernel), bias: Float32Array.from(bias) };
  return [...head.kernel, ...head.bias].every(Number.isFinite) ? head : undefined;
}

/** `[rows, 2]` to `[rows, 1]`: the second less the first. */
function differences(pairs: Float64Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: pairs.length / 2 },
    (_, row) => pairs[2 * row + 1]! - pairs[2 * row]!,
  );
}

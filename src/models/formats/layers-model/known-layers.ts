import { pooledPriorLayer } from '../pooled-prior-layer.ts';
import type { LayerUse, LayerWeight, NetworkLayer, NetworkPrior } from '../trained-network.ts';

/** What the softplus of a number that stands alone reads: it gives exactly 0. */
const NOTHING = -1e4;

interface KnownPlace {
  /** Name of the tensor of the last feature map, and its shape. */
  readonly map: string;
  readonly shape: readonly number[];
  /** Name of the tensor of the pooled features. */
  readonly features: string;
  /** Number of known classes. */
  readonly known: number;
  /** A name that no layer has. */
  readonly free: (name: string) => string;
}

/**
 * The logits of the known classes, `[known]`, in layers that every version of Keras and TensorFlow.js
 * has. None of these is a log-sum-exp, but that of two numbers is `b + softplus(a - b)`: so two dense
 * layers and an addition halve a row, until one number is left.
 *
 * @returns the calls in topological order; the last one gives the logits
 */
export function knownLayers(
  prior: NetworkPrior,
  { map, shape, features, known, free }: KnownPlace,
): LayerUse[] {
  const uses: LayerUse[] = [];
  const add = (
    className: string,
    name: string,
    config: NetworkLayer['config'],
    inputs: readonly string[],
    to: { readonly shape: readonly number[]; readonly weights?: readonly LayerWeight[] },
  ): string => {
    const layer = { className, name: free(`known_${name}`), config, weights: to.weights ?? [] };
    uses.push({ layer, inputs, output: layer.name, shape: to.shape });
    return layer.name;
  };
  if (prior.pooling === 'mean') {
    const { kernel, bias } = pooledPriorLayer(prior);
    add('Dense', 'classes', dense(known), [features], {
      shape: [known],
      weights: weights([kernel.length / known, known], kernel, bias),
    });
    return uses;
  }
  const { kernel, bias, anchors } = prior;
  const channels = bias.length;
  const [height = 1, width = 1, depth = 1] = shape.length === 3 ? shape : [1, 1, shape[0]];
  const picture = [height, width, depth];
  let x =
    shape.length === 3
      ? map
      : add('Reshape', 'picture', { target_shape: picture }, [map], { shape: picture });
  x = add('Conv2D', 'places', { ...POINTWISE, filters: channels }, [x], {
    shape: [height, width, channels],
    weights: weights([1, 1, depth, channels], kernel, bias),
  });
  x = add('Permute', 'channels_first', { dims: [3, 1, 2] }, [x], {
    shape: [channels, height, width],
  });
  /** The log-sum-exp along the last axis, of `rows` rows of `length` numbers. */
  const reduce = (from: string, rows: number, length: number, name: string): string => {
    let row = add('Reshape', `${name}_rows`, { target_shape: [rows, length] }, [from], {
      shape: [rows, length],
    });
    for (let n = length, step = 1; n > 1; n = Math.ceil(n / 2), step++) {
      const half = Math.ceil(n / 2);
      const { differences, seconds, nothing } = halving(n);
      const part = `${name}_${step}`;
      const above = add('Dense', `${part}_softplus`, dense(half, 'softplus'), [row], {
        shape: [rows, half],
        weights: weights([n, half], differences, nothing),
      });
      const second = add('Dense', `${part}_second`, dense(half), [row], {
        shape: [rows, half],
        weights: weights([n, half], seconds, new Float32Array(half)),
      });
      row = add('Add', `${part}_sum`, {}, [above, second], { shape: [rows, half] });
    }
    return row;
  };
  // First along the columns, then along rows and anchors: the matrices stay small.
  x = reduce(x, channels * height, width, 'columns');
  x = reduce(x, known, anchors * height, 'places');
  add('Reshape', 'classes', { target_shape: [known] }, [x], { shape: [known] });
  return uses;
}

/** The matrices `[n, ceil(n / 2)]` that give `a - b` and `b` of each pair; a last one stays alone. */
function halving(n: number) {
  const half = Math.ceil(n / 2);
  const [differences, seconds] = [new Float32Array(n * half), new Float32Array(n * half)];
  const nothing = new Float32Array(half);
  for (let j = 0; j < half; j++) {
    const second = Math.min(2 * j + 1, n - 1);
    seconds[second * half + j] = 1;
    if (second === 2 * j) {
      nothing[j] = NOTHING;
      continue;
    }
    differences[2 * j * half + j] = 1;
    differences[second * half + j] = -1;
  }
  return { differences, seconds, nothing };
}

/** The config of a 1x1 convolution, except for its filters. */
export const POINTWISE = {
  ...{ kernel_size: [1, 1], strides: [1, 1], padding: 'valid', data_format: 'channels_last' },
  ...{ dilation_rate: [1, 1], activation: 'linear', use_bias: true },
} as const;

function dense(units: number, activation = 'linear') {
  return { units, activation, use_bias: true };
}

function weights(
  shape: readonly number[],
  kernel: Float32Array,
  bias: Float32Array,
): readonly LayerWeight[] {
  return [
    { name: 'kernel', shape, values: kernel },
    { name: 'bias', shape: [bias.length], values: bias },
  ];
}

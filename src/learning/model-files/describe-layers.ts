import type { LayersModel } from '@tensorflow/tfjs-layers';
import { networkCalls } from './network-calls.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { FurtherFeatures } from '../../records/further-features.ts';
import type { LayerDescription } from '../../records/summary.ts';

type Shape = readonly (number | null)[];

/** Describes the layers of a LayersModel for `summary`, with their current `trainable` state. */
export function describeLayersModel(model: LayersModel): LayerDescription[] {
  const reads = new Map<string, readonly string[]>();
  for (const { layer, inputs } of networkCalls(model).calls) {
    if (!reads.has(layer.name)) reads.set(layer.name, inputs);
  }
  return model.layers.map((layer) => ({
    name: layer.name,
    // The app's own layers in extra-layers.ts have the name of the Keras layer with a prefix.
    className: layer.getClassName().replace(/^(Keepdims|Grouped)/, ''),
    outputShape: firstShape(layer.outputShape),
    parameters: {
      trainable: countAll(layer.trainableWeights),
      nonTrainable: countAll(layer.nonTrainableWeights),
    },
    inputs: reads.get(layer.name) ?? [],
  }));
}

interface WholeModelOptions {
  /** Name of the base; default: that of the tutorial's base. */
  readonly baseName?: string;
  /** The values that pixel values 0 and 255 are scaled to; default: the tutorial's `[-1, 1]`. */
  readonly inputRange?: readonly [number, number];
  /** Keras's mode of preprocessing, if the base has one: see `preprocess`. */
  readonly preprocessing?: BaseSpec['preprocessing'];
  /** Units of the Dense layer: 1 for two classes, else one per class; default: 1. */
  readonly outputs?: number;
  /** What the head reads of an earlier layer; default: nothing. */
  readonly further?: FurtherFeatures | undefined;
}

/**
 * Describes the tutorial's whole model for `summary`: augmentation, preprocessing, the base as one
 * layer, pooling, dropout and dense. The dense layer is always trainable. Of an earlier layer that the
 * head reads too, the mean is scaled and concatenated.
 *
 * @param base the layers of the base, the input first; an output of rank 2 gets no pooling layer
 */
export function describeWholeModel(
  base: readonly LayerDescription[],
  options: WholeModelOptions = {},
): LayerDescription[] {
  const { baseName = 'mobilenetv2_1.00_160', inputRange = [-1, 1], outputs = 1 } = options;
  const sum = (kind: 'trainable' | 'nonTrainable') =>
    base.reduce((total, { parameters }) => total + parameters[kind], 0);
  const picture = base[0]!.outputShape;
  const features = base.at(-1)!.outputShape;
  const { further } = options;
  const length = features.at(-1)!;
  const read = [null, length + (further?.length ?? 0)];
  const none = { trainable: 0, nonTrainable: 0 };
  const chain: Omit<LayerDescription, 'inputs'>[] = [
    { name: 'input_2', className: 'InputLayer', outputShape: picture, parameters: none },
    { name: 'data_augmentation', className: 'Sequential', outputShape: picture, parameters: none },
    ...preprocessing(options.preprocessing, inputRange).map((name) => ({
      name,
      className: 'TFOpLambda',
      outputShape: picture,
      parameters: none,
    })),
    {
      name: baseName,
      className: 'Functional',
      outputShape: features,
      parameters: { trainable: sum('trainable'), nonTrainable: sum('nonTrainable') },
    },
  ];
  if (features.length > 2) {
    const className = 'GlobalAveragePooling2D';
    chain.push({
      name: 'global_average_pooling2d',
      className,
      outputShape: [null, length],
      parameters: none,
    });
  }
  const layers = inRow(chain);
  if (further) {
    const shape = [null, further.length];
    const last = layers.at(-1)!.name;
    const [mean, scaled] = ['global_average_pooling2d_1', 'rescaling'];
    layers.push(
      {
        ...{ name: mean, className: 'GlobalAveragePooling2D', outputShape: shape },
        ...{ parameters: none, inputs: [`${baseName}/${further.layer}`] },
      },
      {
        ...{ name: scaled, className: 'Rescaling', outputShape: shape },
        ...{ parameters: none, inputs: [mean] },
      },
      {
        ...{ name: 'concatenate', className: 'Concatenate', outputShape: read },
        ...{ parameters: none, inputs: [last, scaled] },
      },
    );
  }
  const head = [
    { name: 'dropout', className: 'Dropout', outputShape: read, parameters: none },
    {
      name: 'dense',
      className: 'Dense',
      outputShape: [null, outputs],
      parameters: { trainable: (read[1]! + 1) * outputs, nonTrainable: 0 },
    },
  ];
  return [...layers, ...inRow(head, layers.at(-1)!.name)];
}

/** Lets each layer read the one before it. @param before what the first one reads */
function inRow(
  chain: readonly Omit<LayerDescription, 'inputs'>[],
  before?: string,
): LayerDescription[] {
  return chain.map((layer, i) => {
    const input = i === 0 ? before : chain[i - 1]!.name;
    return { ...layer, inputs: input === undefined ? [] : [input] };
  });
}

/** The layer names of Keras's `preprocess_input` for this mode or range: see `preprocess`. */
function preprocessing(
  mode: WholeModelOptions['preprocessing'],
  [low, high]: readonly [number, number],
): string[] {
  // `imagenet_utils._preprocess_symbolic_input` builds these; getitem is x[..., ::-1] for BGR.
  if (mode === 'caffe') return ['tf.__operators__.getitem', 'tf.nn.bias_add'];
  if (mode === 'torch') return ['tf.math.truediv', 'tf.nn.bias_add', 'tf.math.truediv_1'];
  return [
    ...(high - low === 255 ? [] : ['tf.math.truediv']),
    ...(low === 0 ? [] : [low < 0 ? 'tf.math.subtract' : 'tf.math.add']),
  ];
}

function firstShape(shape: Shape | readonly Shape[]): Shape {
  return Array.isArray(shape[0]) ? (shape[0] as Shape) : (shape as Shape);
}

function countAll(weights: readonly { readonly shape: readonly (number | null)[] }[]): number {
  return weights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((a, b) => a * (b ?? 1), 1),
    0,
  );
}

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { networkCalls } from './network-calls.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
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
}

/**
 * Describes the tutorial's whole model for `summary`: augmentation, preprocessing, the base as one
 * layer, pooling, dropout and dense. The dense layer is always trainable.
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
  const pooled = [null, features.at(-1)!];
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
      outputShape: pooled,
      parameters: none,
    });
  }
  chain.push(
    { name: 'dropout', className: 'Dropout', outputShape: pooled, parameters: none },
    {
      name: 'dense',
      className: 'Dense',
      outputShape: [null, outputs],
      parameters: { trainable: (features.at(-1)! + 1) * outputs, nonTrainable: 0 },
    },
  );
  return chain.map((layer, i) => ({ ...layer, inputs: i === 0 ? [] : [chain[i - 1]!.name] }));
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

import * as tf from '@tensorflow/tfjs-core';
import { batchNorm, type BatchNorm } from '../network/fold-batch-norm.ts';
import { ConvolutionStep } from './convolution-step.ts';
import {
  consumersOf,
  fusionAfter,
  inputLayers,
  type Consumers,
  type Fusion,
  type Layer,
} from '../model-files/layer-graph.ts';
import { NormStep } from './norm-step.ts';
import type { Parameter, TrainableStep } from './trainable-step.ts';
import { WeightlessStep } from './weightless-step.ts';

interface Tail {
  readonly steps: readonly TrainableStep[];
  /** Copies of the weights that do not learn. */
  readonly constants: readonly tf.Tensor[];
}

/**
 * The steps of the layers behind a cut. Convolutions and batch normalisations learn where they are
 * among `learning`; layers without weights run whatever they are.
 *
 * @param layers each behind its inputs, and each one that `canLearn`; their weights are copied
 */
export function buildTail(layers: readonly Layer[], learning: ReadonlySet<Layer>): Tail {
  const builder = new TailBuilder(learning, consumersOf(layers));
  for (const layer of layers) builder.add(layer);
  return builder;
}

class TailBuilder implements Tail {
  readonly steps: TrainableStep[] = [];
  readonly constants: tf.Tensor[] = [];
  readonly #fused = new Set<Layer>();
  readonly #learning: ReadonlySet<Layer>;
  readonly #consumers: Consumers;

  constructor(learning: ReadonlySet<Layer>, consumers: Consumers) {
    this.#learning = learning;
    this.#consumers = consumers;
  }

  add(layer: Layer): void {
    if (this.#fused.has(layer)) return;
    switch (layer.getClassName()) {
      case 'Conv2D':
      case 'DepthwiseConv2D':
        this.#addConvolution(layer, fusionAfter(layer, this.#consumers));
        break;
      case 'BatchNormalization': {
        const { norm, parameters } = this.#norm(layer);
        this.steps.push(new NormStep(inputLayers(layer)[0]!.name, layer.name, norm, parameters));
        break;
      }
      default: {
        const inputs = inputLayers(layer).map(({ name }) => name);
        this.steps.push(new WeightlessStep(inputs, layer));
      }
    }
  }

  #addConvolution(layer: Layer, { norm: normLayer, last, activation }: Fusion): void {
    for (const next of [normLayer, last]) if (next && next !== layer) this.#fused.add(next);
    const config = layer.getConfig();
    const own = this.#weights(layer);
    const norm = normLayer && this.#norm(normLayer);
    const bias = own.tensor('bias');
    this.steps.push(
      new ConvolutionStep({
        input: inputLayers(layer)[0]!.name,
        output: last.name,
        kernel: config['kernelSize'] as [number, number],
        strides: config['strides'] as [number, number],
        padding: config['padding'] as 'same' | 'valid',
        depthwise: layer.getClassName() === 'DepthwiseConv2D',
        activation,
        weights: {
          kernel: (own.tensor('kernel') ?? own.tensor('depthwise_kernel')) as tf.Tensor4D,
          ...(bias && { bias: bias as tf.Tensor1D }),
          ...(norm && { norm: norm.norm }),
        },
        parameters: [...own.parameters, ...(norm?.parameters ?? [])],
      }),
    );
  }

  #norm(layer: Layer): { norm: BatchNorm; parameters: Parameter[] } {
    const { tensor, parameters } = this.#weights(layer);
    const norm = batchNorm(tensor, layer.getConfig()['epsilon'] as number);
    return { norm, parameters };
  }

  /** Copies of a layer's weights: variables where they learn, else constants. */
  #weights(layer: Layer) {
    const byKind = new Map<string, tf.Tensor>();
    const parameters: Parameter[] = [];
    for (const { name, kind, tensor } of layerWeights(layer)) {
      if (this.#learning.has(layer) && !isStatistic(kind)) {
        const variable = tf.variable(tensor);
        parameters.push({ name, variable });
        byKind.set(kind, variable);
      } else {
        const constant = tf.clone(tensor);
        this.constants.push(constant);
        byKind.set(kind, constant);
      }
    }
    return { tensor: (kind: string) => byKind.get(kind), parameters };
  }
}

/** A layer's weights by Keras's names (`block_1_expand_BN/gamma`) and the last part of them. */
export function layerWeights(layer: Layer) {
  return layer.weights.map((weight) => {
    const kind = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
    return { name: `${layer.name}/${kind}`, kind, weight, tensor: weight.read() };
  });
}

/** Moving statistics never learn: batch normalisation stays in inference mode. */
export function isStatistic(kind: string): boolean {
  return kind === 'moving_mean' || kind === 'moving_variance';
}

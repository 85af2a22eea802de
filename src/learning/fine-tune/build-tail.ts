import * as tf from '@tensorflow/tfjs-core';
import { disposeIfThrown, type Keep } from '../backend/dispose-if-thrown.ts';
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

/** The steps of a `TrainableNetwork` and its frozen weights. */
interface Tail {
  readonly steps: readonly TrainableStep[];
  /** Copies of the weights that are not trained. */
  readonly constants: readonly tf.Tensor[];
}

/**
 * Builds the steps for the layers after a cut. A convolution is one step with the batch
 * normalization and the activation after it.
 *
 * @param layers in topological order, each one that `canLearn`; their weights are copied
 * @param trainable the layers whose weights are trained; the others are frozen
 */
export function buildTail(layers: readonly Layer[], trainable: ReadonlySet<Layer>): Tail {
  return disposeIfThrown((keep) => {
    const builder = new TailBuilder(trainable, consumersOf(layers), keep);
    for (const layer of layers) builder.add(layer);
    return builder;
  });
}

class TailBuilder implements Tail {
  readonly steps: TrainableStep[] = [];
  readonly constants: tf.Tensor[] = [];
  readonly #fused = new Set<Layer>();
  readonly #trainable: ReadonlySet<Layer>;
  readonly #consumers: Consumers;
  readonly #keep: Keep;

  /** @param keep marks each copy of a weight */
  constructor(trainable: ReadonlySet<Layer>, consumers: Consumers, keep: Keep) {
    this.#trainable = trainable;
    this.#consumers = consumers;
    this.#keep = keep;
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

  /** Copies a layer's weights: into variables if they are trained, otherwise into constants. */
  #weights(layer: Layer) {
    const byKind = new Map<string, tf.Tensor>();
    const parameters: Parameter[] = [];
    for (const { name, kind, tensor } of layerWeights(layer)) {
      if (this.#trainable.has(layer) && !isStatistic(kind)) {
        const variable = this.#keep(tf.variable(tensor));
        parameters.push({ name, variable });
        byKind.set(kind, variable);
      } else {
        const constant = this.#keep(tf.clone(tensor));
        this.constants.push(constant);
        byKind.set(kind, constant);
      }
    }
    return { tensor: (kind: string) => byKind.get(kind), parameters };
  }
}

/**
 * A layer's weights, each with its Keras name (`block_1_expand_BN/gamma`) and the last part of it
 * (`gamma`).
 */
export function layerWeights(layer: Layer) {
  return layer.weights.map((weight) => {
    const kind = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
    return { name: `${layer.name}/${kind}`, kind, weight, tensor: weight.read() };
  });
}

/** Moving statistics are never trained: batch normalization stays in inference mode. */
export function isStatistic(kind: string): boolean {
  return kind === 'moving_mean' || kind === 'moving_variance';
}

import {
  BATCH_NORM_EPSILON,
  type MobileNetV2,
  type MobileNetV2Layer,
} from '../../../src/learning/model-files/keras/mobilenet-v2.ts';
import { Problem } from '../../../src/platform/problem.ts';
import { toFloat16 } from '../../../src/platform/float16.ts';
import type { StoredWeight } from '../weights-file.ts';
import type { Float16Tensor } from './tflite.ts';

const BACKBONE = 'FeatureExtractor/MobilenetV2';
const BATCH_NORM = 'BatchNorm/FusedBatchNormV3';

/**
 * The weights of the MobileNetV2 in a detector of TensorFlow's Object Detection API, with the names
 * and layouts of Keras. The other layers of the detector are left out.
 *
 * In the detector, batch normalization is folded into kernels and biases. A folded layer is
 * converted to Keras's two layers with gamma = 1, beta = the bias, moving mean = 0 and moving
 * variance = `1 - epsilon`, so that the normalization divides by `sqrt(moving variance + epsilon)`
 * = 1. The bits of kernels and betas do not change.
 *
 * @throws Problem `base` if a tensor is missing, ambiguous, or has another name or shape
 */
export function detectorWeights(
  network: MobileNetV2,
  tensors: readonly Float16Tensor[],
): StoredWeight[] {
  return pairs(network).flatMap(({ convolution, norm }) => {
    const { kernel, bias } = tensorsOf(convolution, tensors);
    const depthwise = convolution.className === 'DepthwiseConv2D';
    const target = convolution.weights[0]!;
    const [height, width, input, output] = target.shape as [number, number, number, number];
    expectShape(kernel, depthwise ? [1, height, width, input] : [output, height, width, input]);
    const channels = depthwise ? input : output;
    expectShape(bias, [channels]);

    // [1, h, w, channels] and [h, w, channels, 1] have the same values in the same order.
    const data = depthwise ? kernel.data : toOutputLast(kernel.data, output);
    const vectors: Record<string, StoredWeight['data']> = {
      gamma: toFloat16(new Float32Array(channels).fill(1)),
      beta: bias.data,
      moving_mean: new Uint16Array(channels),
      moving_variance: new Float32Array(channels).fill(1 - BATCH_NORM_EPSILON),
    };
    return [
      { ...target, data },
      ...norm.weights.map((weight) => ({
        ...weight,
        data: vectors[weight.name.slice(norm.name.length + 1)]!,
      })),
    ];
  });
}

/** Each convolution with the batch normalization that follows it. */
function pairs({ layers }: MobileNetV2) {
  return layers
    .filter(({ className }) => className.endsWith('Conv2D'))
    .map((convolution) => ({
      convolution,
      norm: layers.find(({ inputs }) => inputs[0] === convolution.name)!,
    }));
}

/** The detector's scope of a Keras layer: `block_3_expand` becomes `expanded_conv_3/expand`. */
export function detectorScope(kerasName: string): string {
  const scope = kerasName
    .replace(/^Conv1$/, 'Conv')
    .replace(/^block_(\d+)_/, 'expanded_conv_$1/')
    .replace(/^expanded_conv_(?=[a-z])/, 'expanded_conv/');
  return `${BACKBONE}/${scope}`;
}

/**
 * The kernel and the bias of a layer. The TFLite converter joins with ";" the names of all
 * operations that it fused into a tensor, or that shared a part of it; the first name is that of
 * the tensor.
 */
function tensorsOf(layer: MobileNetV2Layer, tensors: readonly Float16Tensor[]) {
  const scope = detectorScope(layer.name);
  const operation = `${scope}/${layer.className === 'DepthwiseConv2D' ? 'depthwise' : 'Conv2D'}`;
  const norm = `${scope}/${BATCH_NORM}`;
  const only = (what: string, rank: number, matches: (names: string[]) => boolean) => {
    const found = tensors.filter(
      ({ name, shape }) => shape.length === rank && matches(name.split(';')),
    );
    if (found.length !== 1) {
      throw new Problem('base', `The detector has ${found.length} tensors for the ${what}, not 1.`);
    }
    return found[0]!;
  };
  return {
    kernel: only(
      `kernel of ${layer.name} (${operation})`,
      4,
      (names) => [operation, norm].includes(names[0]!) && names.includes(operation),
    ),
    bias: only(`bias of ${layer.name} (${norm})`, 1, (names) => names[0] === norm),
  };
}

function expectShape({ name, shape }: Float16Tensor, expected: readonly number[]): void {
  if (shape.join() !== expected.join()) {
    throw new Problem(
      'base',
      `The detector's “${name}” has shape [${shape.join(', ')}], not [${expected.join(', ')}].`,
    );
  }
}

/** Transposes `[output, ...]` to `[..., output]`. */
function toOutputLast(data: Uint16Array, output: number): Uint16Array {
  const inner = data.length / output;
  return data.map((_, i) => data[(i % output) * inner + Math.floor(i / output)]!);
}

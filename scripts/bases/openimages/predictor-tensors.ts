import { Problem } from '../../../src/platform/problem.ts';
import type { Float16Tensor } from './tflite.ts';

/**
 * The kernel and the bias of one of the detector's predictors, a 1x1 convolution on a feature map.
 *
 * @param predictor its scope in the detector
 * @returns the kernel `[outputs, 1, 1, featureLength]`, the bias `[outputs]`
 * @throws Problem `base` if a tensor is missing or has another length
 */
export function predictorTensors(
  tensors: readonly Float16Tensor[],
  predictor: string,
  outputs: number,
  featureLength: number,
): { kernel: Float16Tensor; bias: Float16Tensor } {
  const only = (matches: (names: string[]) => boolean) => {
    const found = tensors.filter(({ name }) => matches(name.split(';')));
    if (found.length === 1) return found[0]!;
    throw new Problem('base', `The detector has ${found.length} tensors of ${predictor}, not 1.`);
  };
  const kernel = only((all) => all[0] === `${predictor}/Conv2D`);
  const bias = only((all) => all.at(-1) === `${predictor}/biases`);
  expectLength(kernel, outputs * featureLength);
  expectLength(bias, outputs);
  return { kernel, bias };
}

function expectLength({ name, shape, data }: Float16Tensor, length: number): void {
  if (data.length === length) return;
  throw new Problem(
    'base',
    `The detector's “${name}” has shape [${shape.join(', ')}], not ${length} values.`,
  );
}

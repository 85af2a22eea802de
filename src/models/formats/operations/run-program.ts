import { convolve, convolveDepthwise, dense } from './run-convolution.ts';
import { runElementwise } from './run-elementwise.ts';
import { runShape } from './run-shape.ts';
import type { Operation, Program } from './operation.ts';
import type { Values } from './values.ts';

/** The outputs of a program for a batch of pictures. */
export interface Answers {
  /** `[batch, classes]`, row-major. */
  readonly probabilities: Float32Array;
  /** `[batch]`; present if the program computes it. */
  readonly novelty?: Float32Array;
}

/** Computes one operation. @param inputs in the order of `operation.inputs` */
export type RunOperation = (operation: Operation, inputs: readonly Values[]) => Values;

/**
 * Runs a program in plain JavaScript: the reference for every format that is written from it, and
 * what a web page runs where it has no faster kernels.
 *
 * @param pictures `[batch, size, size, 3]`, RGB, -1 to 1
 * @param run computes one operation; default: in plain JavaScript
 */
export function runProgram(
  program: Program,
  pictures: Float32Array,
  run: RunOperation = runOperation,
): Answers {
  const { size, operations, input } = program;
  const shape = [pictures.length / (size * size * 3), size, size, 3];
  const tensors = new Map<string, Values>([[input, { shape, data: pictures }]]);
  const lastUse = new Map<string, number>();
  operations.forEach(({ inputs }, i) => {
    for (const name of inputs) lastUse.set(name, i);
  });
  for (const name of [program.probabilities, program.novelty]) {
    if (name !== undefined) lastUse.set(name, Infinity);
  }
  operations.forEach((operation, i) => {
    const inputs = operation.inputs.map((name) => tensors.get(name)!);
    tensors.set(operation.output, run(operation, inputs));
    for (const name of operation.inputs) if (lastUse.get(name) === i) tensors.delete(name);
  });
  const novelty = program.novelty === undefined ? undefined : tensors.get(program.novelty);
  return {
    probabilities: tensors.get(program.probabilities)!.data,
    ...(novelty && { novelty: novelty.data }),
  };
}

/** Computes one operation in plain JavaScript. */
export const runOperation: RunOperation = (operation, inputs) => {
  switch (operation.kind) {
    case 'convolution':
      return convolve(operation, inputs[0]!);
    case 'depthwise':
      return convolveDepthwise(operation, inputs[0]!);
    case 'dense':
      return dense(operation, inputs[0]!);
    case 'affine':
    case 'prelu':
    case 'curve':
    case 'softmax':
    case 'layerNorm':
    case 'add':
    case 'multiply':
    case 'maximum':
    case 'minimum':
    case 'average':
    case 'novelty':
    case 'knownClasses':
    case 'knownNovelty':
      return runElementwise(operation, inputs);
    default:
      return runShape(operation, inputs);
  }
};

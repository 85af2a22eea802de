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

/**
 * Runs a program in plain JavaScript: the reference for every format that is written from it, and
 * what a web page runs where it has no faster kernels.
 *
 * @param pictures `[batch, size, size, 3]`, RGB, -1 to 1
 */
export function runProgram(program: Program, pictures: Float32Array): Answers {
  const { size, operations, input } = program;
  const shape = [pictures.length / (size * size * 3), size, size, 3];
  const tensors = new Map<string, Values>([[input, { shape, data: pictures }]]);
  const results = [program.probabilities, program.novelty].filter((name) => name !== undefined);
  runOperations(operations, tensors, results);
  return answersOf(program, tensors);
}

/**
 * Runs operations in plain JavaScript.
 *
 * @param tensors what they read and compute; what nothing reads any more is taken out
 * @param results names of tensors that stay
 */
export function runOperations(
  operations: readonly Operation[],
  tensors: Map<string, Values>,
  results: readonly string[],
): void {
  const lastUse = new Map<string, number>();
  operations.forEach(({ inputs }, i) => {
    for (const name of inputs) lastUse.set(name, i);
  });
  for (const name of results) lastUse.set(name, Infinity);
  operations.forEach((operation, i) => {
    const inputs = operation.inputs.map((name) => tensors.get(name)!);
    tensors.set(operation.output, runOperation(operation, inputs));
    for (const name of operation.inputs) if (lastUse.get(name) === i) tensors.delete(name);
  });
}

/** The outputs of a program among its tensors. */
export function answersOf(
  { probabilities, novelty }: Program,
  tensors: ReadonlyMap<string, Values>,
): Answers {
  return {
    probabilities: tensors.get(probabilities)!.data,
    ...(novelty !== undefined && { novelty: tensors.get(novelty)!.data }),
  };
}

/** Computes one operation in plain JavaScript. @param inputs in the order of `operation.inputs` */
export function runOperation(operation: Operation, inputs: readonly Values[]): Values {
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
    case 'logSumExp':
    case 'novelty':
      return runElementwise(operation, inputs);
    default:
      return runShape(operation, inputs);
  }
}

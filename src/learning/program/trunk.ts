import { GROUP } from '../kernels/wasm/depthwise-module.ts';
import { outputsAlong } from '../kernels/wasm/filter-runs.ts';
import { PANEL } from '../kernels/wasm/pointwise-module.ts';
import type * as Planned from '../network/plan/operation.ts';
import { WASM_LIMITS } from '../network/plan/compile-plan.ts';
import { convolutionKind } from '../network/plan/fuse.ts';
import type { InputRange } from '../network/plan/plan.ts';
import type { MapShape } from '../network/plan/tensor.ts';
import type { Operation, Program } from '../../models/formats/operations/operation.ts';
import { anyConvolution, inJavaScript, pictureMap } from './outside.ts';
import { scalingOf } from './scaling-of.ts';

/** A program, divided into what a plan runs for each view and what follows. */
export interface Trunk {
  readonly list: Planned.OperationList;
  readonly range: InputRange;
  /** Whether the mirror image is the second of two views. */
  readonly mirrored: boolean;
  /** Tensors of the trunk that are read after it, in the order of `list.kept`; without the batch. */
  readonly kept: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** The operations that follow. */
  readonly rest: readonly Operation[];
  /** Names of the tensors that answer. */
  readonly results: readonly string[];
}

/** Name of the picture as a map of floats, which no tensor of a program has. */
const PICTURE_MAP = '';

/**
 * Divides a program. The trunk ends with the last convolution or pooling that kernels compute; what
 * they cannot express in it runs in JavaScript, between them.
 *
 * @returns undefined if kernels compute nothing in it
 */
export function trunkOf(program: Program): Trunk | undefined {
  const { input, size, operations } = program;
  const mirror = operations.find(({ kind }) => kind === 'withMirror');
  const scaling = scalingOf(program, mirror?.output ?? input);
  const pictures = [input, mirror?.output, scaling.output];
  const shapes = new Map<string, readonly number[]>();
  for (const name of pictures) if (name !== undefined) shapes.set(name, [size, size, 3]);
  for (const { output, shape } of operations) shapes.set(output, shape);

  const joined = operations.findIndex(({ kind }) => kind === 'meanOfViews' || kind === 'firstView');
  const ofOneView = joined < 0 ? operations : operations.slice(0, joined);
  const end = 1 + ofOneView.findLastIndex((each) => endsTrunk(each, shapes));
  const rest = operations.slice(end);
  if (end === 0) return undefined;
  const planned = ofOneView
    .slice(0, end)
    .filter(({ output }) => !pictures.includes(output))
    .flatMap((operation) => {
      const inputs = operation.inputs.map((name) => (pictures.includes(name) ? input : name));
      return plannedOf({ ...operation, inputs }, { shapes, input });
    });
  const results = [program.probabilities, program.novelty].filter((name) => name !== undefined);
  const read = new Set([...rest.flatMap(({ inputs }) => inputs), ...results]);
  const kept = [...read].filter((name) => planned.some(({ output }) => output === name));
  const readsMap = planned.some(({ inputs }) => inputs.includes(PICTURE_MAP));
  return {
    list: {
      ...{ input, output: ofOneView[end - 1]!.output, kept },
      operations: [...(readsMap ? [pictureMap(PICTURE_MAP, size, scaling.range)] : []), ...planned],
    },
    range: scaling.range,
    mirrored: mirror !== undefined,
    kept: kept.map((name) => ({ name, shape: shapes.get(name)! })),
    ...{ rest, results },
  };
}

interface Context {
  /** Shapes of all tensors, without the batch. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Name of the picture. */
  readonly input: string;
}

/** Whether the kernels compute an operation whose time counts. */
function endsTrunk(operation: Operation, shapes: Context['shapes']): boolean {
  return (
    (operation.kind === 'convolution' && isProduct(operation)) ||
    operation.kind === 'depthwise' ||
    isPooling(operation, shapes)
  );
}

/** Whether a convolution is a matrix product of at least a panel of columns. */
function isProduct({ groups, bias }: Extract<Operation, { kind: 'convolution' }>): boolean {
  return groups === 1 && bias.length >= PANEL;
}

function isPooling({ kind, inputs }: Operation, shapes: Context['shapes']): boolean {
  const x = shapes.get(inputs[0]!)!;
  return kind === 'globalAverage' && x.length === 3 && x[2]! % GROUP === 0;
}

/** The operations of a plan that compute an operation of a program. */
function plannedOf(operation: Operation, context: Context): Planned.Operation[] {
  const { shapes, input } = context;
  const inputs = operation.inputs.map((name) => (name === input ? PICTURE_MAP : name));
  const shapesRead = operation.inputs.map((name) => shapes.get(name)!);
  const outside = { ...operation, inputs };
  switch (operation.kind) {
    case 'convolution':
    case 'depthwise': {
      const found = convolutionOf(operation, context);
      if (found) return found;
      const isAny = operation.kind === 'convolution' && isProduct(operation);
      if (isAny) return [anyConvolution({ ...operation, inputs }, shapesRead[0]!)];
      break;
    }
    case 'globalAverage':
      if (!isPooling(operation, shapes)) break;
      return [{ kind: 'pool', inputs, output: operation.output }];
    case 'add': {
      const [a, b, ...more] = shapesRead.map(mapShape);
      const isSame = more.length === 0 && a!.every((side, axis) => side === b![axis]);
      if (!isSame || (a![0] * a![1] * a![2]) % GROUP !== 0) break;
      return [{ kind: 'add', inputs, output: operation.output }];
    }
    default:
  }
  return [inJavaScript(outside, shapesRead, mapShape(operation.shape))];
}

/**
 * A convolution as the kernels of a plan express it; if its padding is neither SAME nor VALID, the
 * padding of a depthwise one is an operation of its own.
 */
function convolutionOf(
  operation: Extract<Operation, { kind: 'convolution' | 'depthwise' }>,
  { shapes, input }: Context,
): Planned.Operation[] | undefined {
  const { kernel, bias, strides, dilations, clamp, padding, shape, output } = operation;
  if (operation.kind === 'convolution' && operation.groups !== 1) return undefined;
  const [name] = operation.inputs;
  const x = shapes.get(name!)! as MapShape;
  const [down, across] = [0, 1].map((axis) => (pad: 'same' | 'valid') => {
    const side = (kernel.shape[axis]! - 1) * dilations[axis]! + 1;
    const { count, before } = outputsAlong(x[axis]!, { stride: strides[axis]!, pad }, side);
    return count === shape[axis] && before === (axis === 0 ? padding.top : padding.left);
  });
  const pad = (['same', 'valid'] as const).find((each) => down!(each) && across!(each));
  const convolution: Planned.ConvolutionOperation = {
    ...{ kind: 'convolution', depthwise: operation.kind === 'depthwise', inputs: [name!], output },
    ...{ filter: kernel.values, filterShape: kernel.shape, bias, strides, dilations },
    ...{ pad: pad ?? 'valid', activation: clamp },
  };
  const kind = convolutionKind(convolution, name === input, WASM_LIMITS);
  if (!kind) return undefined;
  if (pad) return [convolution];
  if (kind !== 'depthwise') return undefined;
  const { top, bottom, left, right } = padding;
  const padded: Operation = {
    ...{ kind: 'pad', padding, inputs: [name!], output: `${output}/padded` },
    shape: [x[0] + top + bottom, x[1] + left + right, x[2]],
  };
  return [
    inJavaScript(padded, [x], padded.shape as MapShape),
    { ...convolution, inputs: [padded.output] },
  ];
}

function mapShape(shape: readonly number[]): MapShape {
  const [height = 1, width = 1, channels = 1] = shape;
  return shape.length === 3 ? [height, width, channels] : [1, 1, shape.reduce((a, b) => a * b, 1)];
}

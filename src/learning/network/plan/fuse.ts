import { SIDE } from '../../kernels/wasm/depthwise-module.ts';
import type {
  ConvolutionOperation,
  Operation,
  OperationList,
  OutsideOperation,
} from './operation.ts';

interface Tensors {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** A 1x1 convolution; with a second input, its sum with it. */
interface FusedPointwise extends Tensors {
  readonly kind: 'pointwise';
  readonly convolution: ConvolutionOperation;
}

/** A depthwise convolution, with the 1x1 convolution before it. */
interface FusedDepthwise extends Tensors {
  readonly kind: 'depthwise';
  readonly convolution: ConvolutionOperation;
  readonly expand?: ConvolutionOperation;
}

/** An operation of a plan before its buffers are placed. */
export type FusedOperation =
  | OutsideOperation
  | FusedPointwise
  | FusedDepthwise
  | (Tensors & { readonly kind: 'first'; readonly convolution: ConvolutionOperation })
  | (Tensors & { readonly kind: 'add' | 'pool' });

/** What the kernels of an executor express. */
export interface FuseLimits {
  /** The fewest columns of a convolution that is not depthwise. */
  readonly columns: number;
  /** The channels of a depthwise convolution are a multiple of this. */
  readonly group: number;
  /** Whether a depthwise convolution computes the 1x1 convolution before it. */
  readonly expands: boolean;
}

type Take = (
  name: string,
  accepts?: (convolution: ConvolutionOperation) => boolean,
) => FusedPointwise | undefined;

/** The operations of a plan before their buffers are placed. */
interface FusedList {
  readonly operations: readonly FusedOperation[];
  /** Name of the output tensor. */
  readonly output: string;
}

/**
 * Leaves out operations that change nothing, and puts together what the kernels compute at once: an
 * addition with the 1x1 convolution before it, a depthwise convolution with the 1x1 convolution
 * before it.
 *
 * @param limits what the kernels of the executor express
 * @returns undefined if the kernels cannot express an operation
 */
export function fuse(list: OperationList, limits: FuseLimits): FusedList | undefined {
  const { operations, output } = withoutIdentities(list);
  const readers = readersOf(operations, [output, ...(list.kept ?? [])]);
  const isOnlyRead = (name: string) => readers.get(name)?.length === 1;
  const fused: FusedOperation[] = [];
  /** Takes the 1x1 convolution out of the list that computes what only one operation reads. */
  const take: Take = (name, accepts = () => true) => {
    const index = fused.findIndex(({ output }) => output === name);
    const found = fused[index];
    if (found?.kind !== 'pointwise' || found.inputs.length > 1) return undefined;
    if (!isOnlyRead(name) || !accepts(found.convolution)) return undefined;
    fused.splice(index, 1);
    return found;
  };
  for (const operation of operations) {
    const { inputs, output } = operation;
    if (operation.kind === 'outside') {
      fused.push(operation);
    } else if (operation.kind !== 'convolution') {
      if (operation.kind === 'identity' || inputs.includes(list.input)) return undefined;
      if (operation.kind === 'add' && inputs.length !== 2) return undefined;
      const sum = operation.kind === 'add' ? addToConvolution(inputs, take) : undefined;
      fused.push(sum ? { ...sum, output } : { kind: operation.kind, inputs, output });
    } else {
      const kind = convolutionKind(operation, inputs[0] === list.input, limits);
      if (!kind) return undefined;
      const before = kind === 'depthwise' && limits.expands ? take(inputs[0]!) : undefined;
      fused.push({
        ...{ kind, inputs: before?.inputs ?? inputs, output, convolution: operation },
        ...(before && { expand: before.convolution }),
      });
    }
  }
  return fused.length > 0 ? { operations: fused, output } : undefined;
}

/**
 * The 1x1 convolution that computes one operand of an addition, with the other operand as its
 * addend. The convolution moves to the place of the addition, so the addend is there.
 */
function addToConvolution(inputs: readonly string[], take: Take): FusedPointwise | undefined {
  for (const operand of [1, 0]) {
    // The kernel adds before it clamps; the network adds after its activation.
    const found = take(inputs[operand]!, ({ activation }) => activation === 'linear');
    if (found) return { ...found, inputs: [found.inputs[0]!, inputs[1 - operand]!] };
  }
  return undefined;
}

function withoutIdentities({ operations, output }: OperationList): {
  operations: readonly Operation[];
  output: string;
} {
  const names = new Map<string, string>();
  const nameOf = (name: string) => names.get(name) ?? name;
  const kept: Operation[] = [];
  for (const operation of operations) {
    const inputs = operation.inputs.map(nameOf);
    if (operation.kind === 'identity') names.set(operation.output, inputs[0]!);
    else kept.push({ ...operation, inputs });
  }
  return { operations: kept, output: nameOf(output) };
}

/** For each tensor, who reads it; what is read after a pass has a reader outside. */
function readersOf(
  operations: readonly Operation[],
  outside: readonly string[],
): Map<string, string[]> {
  const readers = new Map(outside.map((name) => [name, ['']]));
  for (const operation of operations) {
    for (const name of operation.inputs) {
      readers.set(name, [...(readers.get(name) ?? []), operation.output]);
    }
  }
  return readers;
}

/**
 * What a convolution is for a plan.
 *
 * @param readsPicture whether it reads the network's input
 * @returns undefined if the kernels cannot express it
 */
export function convolutionKind(
  convolution: ConvolutionOperation,
  readsPicture: boolean,
  limits: FuseLimits,
): 'first' | 'pointwise' | 'depthwise' | undefined {
  if (readsPicture) return isFirst(convolution, limits) ? 'first' : undefined;
  if (isPointwise(convolution, limits)) return 'pointwise';
  return isDepthwise(convolution, limits) ? 'depthwise' : undefined;
}

function isFirst(
  { depthwise, filterShape, strides, dilations }: ConvolutionOperation,
  { columns }: FuseLimits,
): boolean {
  return !depthwise && filterShape[3] >= columns && isSquare(strides) && isUndilated(dilations);
}

function isPointwise(operation: ConvolutionOperation, limits: FuseLimits): boolean {
  const [height, width, , columns] = operation.filterShape;
  if (operation.depthwise || height !== 1 || width !== 1) return false;
  if (columns < limits.columns) return false;
  return operation.strides.every((stride) => stride === 1);
}

function isDepthwise(
  { depthwise, filterShape, strides, dilations }: ConvolutionOperation,
  { group }: FuseLimits,
): boolean {
  const [height, width, channels, multiplier] = filterShape;
  if (!depthwise || height !== SIDE || width !== SIDE || multiplier !== 1) return false;
  return channels % group === 0 && isSquare(strides) && isUndilated(dilations);
}

function isSquare([down, across]: readonly [number, number]): boolean {
  return down === across;
}

function isUndilated(dilations: readonly [number, number]): boolean {
  return dilations.every((dilation) => dilation === 1);
}

import type { Operation, Program } from '../../models/formats/operations/operation.ts';
import type { InputRange } from '../network/plan/plan.ts';

/** The range of a program's pictures. */
interface Scaling {
  readonly range: InputRange;
  /** Name of the tensor in this range; undefined if it is the picture, -1 to 1. */
  readonly output?: string;
}

/** What a program does to each channel of its picture first, as a range of pixels from 0 to 255. */
export function scalingOf({ operations }: Program, picture: string): Scaling {
  const readers = operations.filter(({ inputs }) => inputs.includes(picture));
  const [first] = readers;
  const channels = readers.length === 1 && first ? channelsOf(first) : undefined;
  if (!channels || first?.kind !== 'convolution') {
    const [scale, shift] = [1 / 127.5, -1];
    return {
      range: {
        values: Float32Array.of(scale, scale, scale, 0, shift, shift, shift, 0),
        channels: [0, 1, 2],
      },
    };
  }
  const { kernel, bias, output } = first;
  const scales = channels.map((to, from) => kernel.values[3 * from + to]!);
  const shifts = channels.map((to, from) => bias[to]! - scales[from]!);
  const values = Float32Array.of(...scales.map((scale) => scale / 127.5), 0, ...shifts, 0);
  return { range: { values, channels }, output };
}

/**
 * For each channel of the picture, the channel to which an operation scales it.
 *
 * @returns undefined if the operation does anything else
 */
function channelsOf(operation: Operation): InputRange['channels'] | undefined {
  if (operation.kind !== 'convolution' || operation.clamp !== 'linear') return undefined;
  const { kernel, padding, strides, groups } = operation;
  const isPlain = Object.values(padding).every((side) => side === 0) && groups === 1;
  if (!isPlain || kernel.shape.join() !== '1,1,3,3' || strides.some((stride) => stride !== 1)) {
    return undefined;
  }
  const targets = [0, 1, 2].map((from) =>
    [0, 1, 2].filter((to) => kernel.values[3 * from + to] !== 0),
  );
  if (targets.some(({ length }) => length !== 1)) return undefined;
  const channels = targets.flat();
  return new Set(channels).size === 3 ? (channels as [number, number, number]) : undefined;
}

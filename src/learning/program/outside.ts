import { BOUNDS } from '../kernels/wasm/clamp.ts';
import { PANEL } from '../kernels/wasm/pointwise-module.ts';
import { prepareMultiply } from '../kernels/wasm/prepare-multiply.ts';
import type { OutsideOperation } from '../network/plan/operation.ts';
import { PICTURE, type InputRange } from '../network/plan/plan.ts';
import type { MapShape } from '../network/plan/tensor.ts';
import type { Operation } from '../../models/formats/operations/operation.ts';
import { runOperation } from '../../models/formats/operations/run-program.ts';
import { writePatches } from './patches.ts';

/** Most bytes of patches that are laid out at once, but at least one row of the result. */
const PATCH_BYTES = 2 ** 21;

/**
 * A convolution of any filter, stride, dilation and padding: what the filter reads is laid out, then
 * multiplied.
 *
 * @param x shape of its input, `[height, width, channels]`
 */
export function anyConvolution(
  operation: Extract<Operation, { kind: 'convolution' }>,
  x: readonly number[],
): OutsideOperation {
  const { kernel, bias, inputs, output, clamp } = operation;
  const [rows, columns, channels, outChannels] = kernel.shape;
  const [outHeight, outWidth] = operation.shape as MapShape;
  const depth = rows * columns * channels;
  const rowBytes = 4 * outWidth * depth;
  const chunk = Math.min(outHeight, Math.max(1, Math.floor(PATCH_BYTES / rowBytes)));
  const [low, high] = BOUNDS[clamp];
  return {
    ...{ kind: 'outside', inputs, output, shape: [outHeight, outWidth, outChannels] },
    weights: { depth, bias, values: kernel.values, startOf: (row) => row * outChannels },
    units: Math.ceil(outHeight / chunk),
    scratchBytes: chunk * rowBytes,
    prepare: ({ memory, exports, scratch }, { from, to, weights }) => {
      const layout = { depth, aRow: 4 * depth, cRow: 4 * outChannels };
      const multiply = prepareMultiply(exports, layout, { low, high });
      const source = { shape: [1, ...x], data: floats(memory, from[0]!, sizeOf(x)) };
      const patches = floats(memory, scratch, chunk * outWidth * depth);
      const panels = Math.ceil(outChannels / PANEL);
      return (unit) => {
        const first = unit * chunk;
        const end = Math.min(outHeight, first + chunk);
        writePatches(operation, source, { first, end }, patches);
        const result = to + 4 * first * outWidth * outChannels;
        const places = (end - first) * outWidth;
        multiply(scratch, weights, result, places, panels, 4 * (outChannels - PANEL));
      };
    },
  };
}

/**
 * An operation that runs in plain JavaScript.
 *
 * @param read shapes of its inputs, without the batch
 * @param shape of its output
 */
export function inJavaScript(
  operation: Operation,
  read: readonly (readonly number[])[],
  shape: MapShape,
): OutsideOperation {
  const { inputs, output } = operation;
  return {
    ...{ kind: 'outside', inputs, output, shape, units: 1, scratchBytes: 0 },
    prepare: ({ memory }, { from, to }) => {
      const values = read.map((own, i) => ({
        shape: [1, ...own],
        data: floats(memory, from[i]!, sizeOf(own)),
      }));
      const result = floats(memory, to, sizeOf(shape));
      return () => {
        result.set(runOperation(operation, values).data);
      };
    },
  };
}

/** The picture in the program's range, for what reads it as a map. */
export function pictureMap(output: string, side: number, range: InputRange): OutsideOperation {
  const { values, channels } = range;
  return {
    ...{ kind: 'outside', inputs: [], output, shape: [side, side, 3], units: 1, scratchBytes: 0 },
    prepare: ({ plan, memory }, { to }) => {
      const result = floats(memory, to, side * side * 3);
      const rgb = floats(memory, plan.input, side * side * 3);
      const rgba = new Uint8Array(memory.buffer, plan.input, side * side * 4);
      return (_unit, picture) => {
        const [source, step] = picture === PICTURE.floats ? [rgb, 3] : [rgba, 4];
        for (let pixel = 0; pixel < side * side; pixel++) {
          const x = pixel % side;
          const from = picture === PICTURE.mirrored ? pixel - x + side - 1 - x : pixel;
          for (let c = 0; c < 3; c++) {
            const value = source[step * from + c]! * values[c]! + values[4 + c]!;
            result[3 * pixel + channels[c]!] = value;
          }
        }
      };
    },
  };
}

function floats(memory: WebAssembly.Memory, at: number, length: number): Float32Array {
  return new Float32Array(memory.buffer, at, length);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

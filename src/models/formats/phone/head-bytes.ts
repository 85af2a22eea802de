import { fromFloat16, toFloat16 } from '../../../platform/float16.ts';
import type { Precision } from '../../../records/phone-model.ts';
import type { PhoneHead } from './phone-model.ts';

/** The largest 8-bit weight; -128 is not used, so that the weights are symmetric. */
const MAX_INT8 = 127;

/** Size in bytes of a head: see `headToBytes`. */
function headBytes(precision: Precision, featureLength: number, outputs: number): number {
  const each = { int8: 1, float16: 2, float32: 4 }[precision];
  const scales = precision === 'int8' ? 4 * outputs : 0;
  return each * featureLength * outputs + scales + 4 * outputs;
}

/** Whether no weight is too large for a precision. */
export function fitsPrecision(kernel: Float32Array, precision: Precision): boolean {
  // From 65,520 on, a float16 is infinite.
  return precision !== 'float16' || kernel.every((weight) => Math.abs(weight) < 65_520);
}

/**
 * Writes a head, little-endian: the kernel `[featureLength, outputs]` row by row, then the bias
 * `[outputs]` as float32. At 8 bits, a scale for each output stands before the kernel, as float32: a
 * weight is the 8-bit number times the scale of its output.
 *
 * @throws RangeError if a weight is not finite or too large for the precision
 */
export function headToBytes({ kernel, bias }: PhoneHead, precision: Precision): Uint8Array {
  const outputs = bias.length;
  const bytes = new Uint8Array(headBytes(precision, kernel.length / outputs, outputs));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const putFloat = (value: number) => {
    view.setFloat32(at, value, true);
    at += 4;
  };
  if (![...kernel, ...bias].every(Number.isFinite)) throw new RangeError('A weight is not finite');
  if (precision === 'int8') {
    const scales = scalesOf(kernel, outputs);
    scales.forEach(putFloat);
    kernel.forEach((weight, i) => view.setInt8(at++, Math.round(weight / scales[i % outputs]!)));
  } else if (precision === 'float16') {
    if (!fitsPrecision(kernel, precision))
      throw new RangeError('A weight is too large for float16');
    for (const half of toFloat16(kernel)) {
      view.setUint16(at, half, true);
      at += 2;
    }
  } else kernel.forEach(putFloat);
  bias.forEach(putFloat);
  return bytes;
}

/**
 * Reads a head as `headToBytes` writes it.
 *
 * @throws RangeError if the size is wrong or a weight is not finite
 */
export function headFromBytes(
  bytes: Uint8Array,
  precision: Precision,
  featureLength: number,
  outputs: number,
): PhoneHead {
  if (bytes.length !== headBytes(precision, featureLength, outputs)) {
    throw new RangeError(`${bytes.length} bytes are no head of ${featureLength} features`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const float = () => view.getFloat32((at += 4) - 4, true);
  const floats = (count: number) => Float32Array.from({ length: count }, float);
  const size = featureLength * outputs;
  let kernel: Float32Array<ArrayBuffer>;
  if (precision === 'int8') {
    const scales = floats(outputs);
    kernel = Float32Array.from(
      { length: size },
      (_, i) => view.getInt8(at++) * scales[i % outputs]!,
    );
  } else if (precision === 'float16') {
    const halves = Uint16Array.from({ length: size }, () => view.getUint16((at += 2) - 2, true));
    kernel = new Float32Array(fromFloat16(halves));
  } else kernel = floats(size);
  const bias = floats(outputs);
  if (![...kernel, ...bias].every(Number.isFinite)) throw new RangeError('A weight is not finite');
  return { kernel, bias };
}

/** For each output, what the largest weight is divided by to become MAX_INT8, as float32. */
function scalesOf(kernel: Float32Array, outputs: number): Float32Array {
  const scales = new Float32Array(outputs);
  kernel.forEach((weight, i) => {
    scales[i % outputs] = Math.max(scales[i % outputs]!, Math.abs(weight));
  });
  // The smallest normal number, where all weights are zero or nearly so. Rounded up to a float32, or
  // the largest weight would not fit.
  return scales.map((largest) => Math.max(largest / MAX_INT8, 2 ** -126) * (1 + 2 ** -20));
}

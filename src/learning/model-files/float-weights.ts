import type * as tf from '@tensorflow/tfjs-core';
import { joinBytes } from '../../platform/join-bytes.ts';
import { fromFloat16 } from '../../platform/float16.ts';
import { WeightDirectory } from './keras/weight-names.ts';

/** A weight of a base as plain numbers. */
export interface FloatWeight {
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

/**
 * The weights of a base as plain numbers, by the names that its layers use: see `WeightDirectory`.
 *
 * @returns undefined if one of them is stored in another form than float32 or float16, or lies beyond
 *   the end
 */
export function floatWeights({
  weightData = [],
  weightSpecs = [],
}: tf.io.ModelArtifacts): WeightDirectory<FloatWeight> | undefined {
  const bytes = Array.isArray(weightData) ? joinBytes(weightData).buffer : weightData;
  const weights: [name: string, weight: FloatWeight][] = [];
  let start = 0;
  for (const { name, shape, dtype, quantization } of weightSpecs) {
    const isHalf = quantization?.dtype === 'float16';
    if (dtype !== 'float32' || (quantization && !isHalf)) return undefined;
    const end = start + shape.reduce((a, b) => a * b, isHalf ? 2 : 4);
    if (end > bytes.byteLength) return undefined;
    const values =
      isHalf && start % 2 === 0
        ? fromFloat16(new Uint16Array(bytes, start, (end - start) / 2))
        : floatsOf(bytes.slice(start, end), isHalf);
    weights.push([name, { values, shape }]);
    start = end;
  }
  return new WeightDirectory(weights);
}

function floatsOf(bytes: ArrayBuffer, isHalf: boolean): Float32Array<ArrayBuffer> {
  return isHalf ? fromFloat16(new Uint16Array(bytes)) : new Float32Array(bytes);
}

import { toFloat16 } from './float16.ts';

/** A weight as it is stored: float32, or float16 as bits. */
export interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint16Array;
}

interface WeightsFile {
  /** `weightsManifest` of a TF.js model.json. */
  readonly manifest: readonly object[];
  /** Of `weights.bin`. */
  readonly bytes: Uint8Array;
}

/** TF.js's weights format: numbers end to end, little-endian, in the order of the manifest. */
export function weightsFile(weights: readonly StoredWeight[]): WeightsFile {
  const entries = weights.map(({ name, shape, data }) => ({
    name,
    shape,
    dtype: 'float32',
    ...(data instanceof Uint16Array && {
      quantization: { dtype: 'float16', original_dtype: 'float32' },
    }),
  }));
  const bytes = Buffer.concat(
    weights.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
  return { manifest: [{ paths: ['weights.bin'], weights: entries }], bytes };
}

/**
 * How the bases store what was float32: kernels as float16, which halves the file, and the four
 * vectors of batch normalisation as they are: they are 3% of it, and a moving variance spans more
 * than float16 does.
 */
export function halveKernels(
  weights: readonly { name: string; shape: readonly number[]; data: Float32Array }[],
): StoredWeight[] {
  return weights.map((weight) =>
    weight.shape.length === 4 ? { ...weight, data: toFloat16(weight.data) } : weight,
  );
}

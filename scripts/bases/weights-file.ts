import { toFloat16 } from '../../src/platform/float16.ts';

/** A weight as it is stored: float32 values, or the bits of float16 values. */
export interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint16Array;
}

interface WeightsFile {
  /** `weightsManifest` of a TF.js model.json. */
  readonly manifest: readonly object[];
  /** The contents of `weights.bin`. */
  readonly bytes: Uint8Array;
}

/**
 * The weights format of TensorFlow.js: concatenated, little-endian, in the order of the manifest.
 */
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
 * Converts the kernels from float32 to float16, which halves the file. The four vectors of batch
 * normalization stay float32: they are only 3% of the file, and a moving variance has a larger
 * range than float16.
 */
export function halveKernels(
  weights: readonly { name: string; shape: readonly number[]; data: Float32Array }[],
): StoredWeight[] {
  return weights.map((weight) =>
    weight.shape.length === 4 ? { ...weight, data: toFloat16(weight.data) } : weight,
  );
}

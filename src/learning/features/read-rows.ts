import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { Network } from '../network/network.ts';
import type { GpuReader } from '../network/webgpu/gpu-reader.ts';
import type { FurtherFeatures } from '../../records/further-features.ts';
import type { KnownClassPredictor } from './known-class-predictor.ts';

/** Opens the reader of features and of all known classes. @throws Problem `gpu` */
export async function openReader(
  gpu: NonNullable<Network['gpu']>,
  known: KnownClassPredictor | undefined,
  further: boolean,
  watch: DeviceWatch,
): Promise<GpuReader> {
  if (!known) return gpu.reader({ further });
  const [kernel, bias] = [await watch.read(known.kernel), await watch.read(known.bias)];
  return gpu.reader({ known: { kernel, bias, ...known.shape }, further });
}

/** As `FeatureExtractor.readOutputs`. */
export async function readRows(
  reader: GpuReader,
  further: FurtherFeatures | undefined,
  pictures: PictureBatch,
  watch: DeviceWatch,
): Promise<Float32Array> {
  const read = await watch.answer(() => reader.read(pictures));
  const count = pictures.pictures.length;
  const parts = [read.features, read.known, ...(further ? [scaled(read.further, further)] : [])];
  const widths = parts.map(({ length }) => length / count);
  const width = widths.reduce((sum, each) => sum + each, 0);
  const rows = new Float32Array(count * width);
  for (let row = 0, at = 0; row < count; row++) {
    parts.forEach((part, i) => {
      rows.set(part.subarray(row * widths[i]!, (row + 1) * widths[i]!), at);
      at += widths[i]!;
    });
  }
  return rows;
}

/** Further features from the mean of their layer, as a pass on the GPU gives it. */
export function scaled(means: Float32Array, { scale }: FurtherFeatures): Float32Array {
  return means.map((mean) => mean * scale);
}

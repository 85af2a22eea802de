import { joinRows } from '../../platform/rows.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { PassReader } from '../network/pass-reader.ts';
import type { FurtherFeatures } from '../../records/further-features.ts';

/** As `FeatureExtractor.readOutputs`. */
export async function readRows(
  reader: PassReader,
  further: FurtherFeatures | undefined,
  pictures: PictureBatch,
  watch: DeviceWatch,
): Promise<Float32Array> {
  const read = await watch.answer(() => reader.read(pictures));
  const parts = [read.features, read.known, ...(further ? [scaled(read.further, further)] : [])];
  return joinRows(parts, pictures.pictures.length);
}

/**
 * Further features from the mean of their layer, as a pass gives it.
 *
 * @param means `[pictures, length]`, row-major
 * @returns of the same shape, times `scale`
 */
export function scaled(means: Float32Array, { scale }: FurtherFeatures): Float32Array {
  return means.map((mean) => mean * scale);
}

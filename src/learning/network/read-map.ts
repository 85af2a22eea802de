import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { Network } from './network.ts';

/**
 * The output of a network, read back from the backend.
 *
 * @returns one row for each picture
 * @throws Problem `gpu`
 */
export async function readMap(
  network: Network,
  pictures: PictureBatch,
  watch: DeviceWatch,
): Promise<Float32Array> {
  const { gpu } = network;
  if (gpu) return watch.answer(() => gpu.map(pictures));
  const output = network.run(pictures);
  try {
    return await watch.read(output);
  } finally {
    output.dispose();
  }
}

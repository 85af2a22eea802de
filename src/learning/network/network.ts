import type { BaseSpec } from '../../records/base-spec.ts';
import type { LayerDescription } from '../../records/summary.ts';
import type { ActiveBackend } from '../backend/backends.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { PassReader } from './pass-reader.ts';
import type { WantedReadout } from './readout.ts';

/** `Network.batchPictures` of a network that computes several pictures at once. */
export const BATCH_PICTURES = 8;

/** What of a base's spec its network needs. */
export type NetworkSpec = Pick<
  BaseSpec,
  'name' | 'format' | 'preprocessing' | 'inputRange' | 'further'
>;

/** What computes a network. */
export type NetworkBackend = Pick<ActiveBackend, 'plans' | 'startTensors'>;

/** TensorFlow.js computes everything, on its backend, which has started. */
export const TENSORS_ONLY: NetworkBackend = {
  plans: undefined,
  startTensors: () => Promise.resolve(),
};

/** The last map of a network for some pictures. */
interface NetworkMap {
  /** `[pictures, ...shape]` */
  readonly values: Float32Array;
  /** `[height, width, channels]`, or `[channels]` of a network that pools by itself. */
  readonly shape: readonly number[];
}

/** A base for inference: from pictures to the last feature map or a feature vector. */
export interface Network {
  /**
   * Describes the frozen layers before fusion; absent for a GraphModel, which does not list its
   * layers, and for a part of a network.
   */
  readonly describeLayers?: () => Promise<readonly LayerDescription[]>;
  /**
   * Pictures that a pass should take at most: more cost memory and delay a live frame, and fewer
   * are slower on a GPU.
   */
  readonly batchPictures: number;
  map(pictures: PictureBatch): Promise<NetworkMap>;
  /** Opens a reader; the caller disposes it, before the network. */
  reader(wanted: WantedReadout): Promise<PassReader>;
  /**
   * Makes a forward pass and discards the result, so that later passes find everything compiled.
   * Yields to the event loop in between, if the network can run step by step.
   *
   * @param onProgress reports the fraction of the operations that are done, 0 to 1
   * @throws Problem `gpu`
   */
  warmUp(
    pictures: PictureBatch,
    watch: DeviceWatch,
    onProgress: (fraction: number) => void,
  ): Promise<void>;
  dispose(): void;
}

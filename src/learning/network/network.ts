import type * as tf from '@tensorflow/tfjs-core';
import type { GpuExecutor } from './webgpu/gpu-executor.ts';
import type { LayerDescription } from '../../records/summary.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PictureBatch } from '../input/picture-batch.ts';

/** `Network.batchPictures` of a network that computes several pictures at once. */
export const BATCH_PICTURES = 8;

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
  /** @returns `[batch, h, w, channels]` or `[batch, channels]`; the caller disposes it */
  run(pictures: PictureBatch): tf.Tensor;
  /**
   * As `run`, and from the same pass the mean of the earlier layer that the network was built with,
   * `[batch, length]`; present in a network that was built with one. The caller disposes both.
   */
  readonly withFurther?: (pictures: PictureBatch) => { map: tf.Tensor; further: tf.Tensor2D };
  /**
   * The pooled output, `[batch, channels]`, if the network computes it faster than a pooling of
   * what `run` returns; the caller disposes it.
   */
  readonly pooled?: (pictures: PictureBatch) => tf.Tensor2D;
  /** Present where a plan runs on the GPU: passes whose results are read without tensors. */
  readonly gpu?: Pick<GpuExecutor, 'plan' | 'map' | 'reader'>;
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

import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { Network } from '../network/network.ts';
import { disposeWhenOpen, type GpuReader } from '../network/webgpu/gpu-reader.ts';
import type { BoxPredictor } from './box-predictor.ts';
import { boxOutputsFrom, boxReadout } from './box-readout.ts';
import type { KnownClassPredictor } from './known-class-predictor.ts';

/** What the boxes of a picture are decoded from. */
export interface BoxValues {
  /** See `BoxPredictor.outputs`. */
  readonly values: Float32Array;
  /** Shape of the last feature map, `[height, width, channels]`. */
  readonly mapShape: readonly number[];
}

/** Reads what `BoxPredictor.outputs` gives for the first of some pictures. */
export class BoxReader {
  readonly #network: Network;
  readonly #boxes: BoxPredictor;
  readonly #known: KnownClassPredictor;
  /** The reader for the classes that were last asked about. */
  #open: { readonly key: string; readonly reader: Promise<GpuReader> } | undefined;
  /** Resolves when no pass uses the reader. */
  #reads: Promise<unknown> = Promise.resolve();

  /** The caller keeps and disposes all three. */
  constructor(network: Network, boxes: BoxPredictor, known: KnownClassPredictor) {
    this.#network = network;
    this.#boxes = boxes;
    this.#known = known;
  }

  /**
   * @param classes indices of known classes, at least one
   * @throws Problem `gpu`
   */
  async read(
    pictures: PictureBatch,
    classes: readonly number[],
    watch: DeviceWatch,
  ): Promise<BoxValues> {
    const { gpu } = this.#network;
    if (!gpu) return this.#readTensors(pictures, classes, watch);
    const reading = watch.answer(async () => {
      const reader = await this.#readerOf(gpu, classes, watch);
      return reader.read(pictures);
    });
    this.#reads = Promise.allSettled([this.#reads, reading]);
    const { places } = await reading;
    const mapShape = gpu.plan.outputShape;
    const [height = 0, width = 0] = mapShape;
    const columns = places.length / (pictures.pictures.length * height * width);
    const first = places.subarray(0, height * width * columns);
    return { values: boxOutputsFrom(first, columns, 0, this.#boxes), mapShape };
  }

  async #readTensors(
    pictures: PictureBatch,
    classes: readonly number[],
    watch: DeviceWatch,
  ): Promise<BoxValues> {
    let mapShape: readonly number[] = [];
    const outputs = tf.tidy(() => {
      const map = this.#network.run(pictures);
      mapShape = map.shape.slice(1);
      const first = tf.slice(map, Array<number>(map.rank).fill(0), [1, ...mapShape]);
      return this.#boxes.outputs(first, this.#known, classes);
    });
    try {
      return { values: await watch.read(outputs), mapShape };
    } finally {
      outputs.dispose();
    }
  }

  #readerOf(
    gpu: NonNullable<Network['gpu']>,
    classes: readonly number[],
    watch: DeviceWatch,
  ): Promise<GpuReader> {
    const key = classes.join();
    if (this.#open?.key === key) return this.#open.reader;
    this.dispose();
    const predictors = { boxes: this.#boxes, known: this.#known };
    const reader = boxReadout(predictors, classes, watch).then((head) => gpu.reader({ head }));
    this.#open = { key, reader };
    return reader;
  }

  /** Disposes what it holds on the GPU, after the passes that use it. */
  dispose(): void {
    const reader = this.#open?.reader;
    this.#open = undefined;
    if (reader)
      void this.#reads.then(() => {
        disposeWhenOpen(reader);
      });
  }
}

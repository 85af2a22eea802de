import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { Network } from '../network/network.ts';
import { disposeWhenOpen, type PassReader } from '../network/pass-reader.ts';
import type { KnownReadout } from '../network/readout.ts';
import { boxOutputs, boxReadout, type BoxPredictor } from './box-readout.ts';

/** What the boxes of a picture are decoded from. */
export interface BoxValues {
  /** `[height * width, anchors, BOX_OUTPUTS]`, row-major: see `boxOutputs`. */
  readonly values: Float32Array;
  /** Shape of the last feature map, `[height, width, channels]`. */
  readonly mapShape: readonly number[];
}

/** Reads what `boxOutputs` gives for the first of some pictures. */
export class BoxReader {
  readonly #network: Network;
  readonly #boxes: BoxPredictor;
  readonly #known: KnownReadout;
  /** The reader for the classes that were last asked about. */
  #open: { readonly key: string; readonly reader: Promise<PassReader> } | undefined;
  /** Resolves when no pass uses the reader. */
  #reads: Promise<unknown> = Promise.resolve();

  /** The caller keeps the network and disposes it. */
  constructor(network: Network, boxes: BoxPredictor, known: KnownReadout) {
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
    const reading = watch.answer(async () => (await this.#readerOf(classes)).read(pictures));
    this.#reads = Promise.allSettled([this.#reads, reading]);
    const { places, mapShape } = await reading;
    const [height = 0, width = 0] = mapShape;
    const columns = places.length / (pictures.pictures.length * height * width);
    const first = places.subarray(0, height * width * columns);
    return { values: boxOutputs(first, columns, 0, this.#boxes), mapShape };
  }

  #readerOf(classes: readonly number[]): Promise<PassReader> {
    const key = classes.join();
    if (this.#open?.key === key) return this.#open.reader;
    this.dispose();
    const reader = this.#network.reader({ head: boxReadout(this.#boxes, this.#known, classes) });
    const open = { key, reader };
    this.#open = open;
    reader.catch(() => {
      // The next pictures try again.
      if (this.#open === open) this.#open = undefined;
    });
    return reader;
  }

  /** Disposes what it holds on the device, after the passes that use it. */
  dispose(): void {
    const reader = this.#open?.reader;
    this.#open = undefined;
    if (reader)
      void this.#reads.then(() => {
        disposeWhenOpen(reader);
      });
  }
}

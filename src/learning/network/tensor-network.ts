import * as tf from '@tensorflow/tfjs-core';
import { columnsOf } from '../../platform/rows.ts';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import { pool } from './global-average-pooling.ts';
import { BATCH_PICTURES, type Network } from './network.ts';
import type { PassReader } from './pass-reader.ts';
import { poolAnchors } from './pool-anchors.ts';
import { joinedReadout, type Readout, type WantedReadout } from './readout.ts';

/**
 * Makes a pass, inside `tf.tidy`.
 *
 * @returns the output, `[batch, h, w, channels]` or `[batch, channels]`, then the mean of each
 *   earlier layer that the network keeps, `[batch, length]`
 */
type Outputs = (pictures: PictureBatch) => readonly [tf.Tensor, ...tf.Tensor[]];

/** A network that TensorFlow.js runs, on its backend, which has started. */
export function tensorNetwork(
  outputs: Outputs,
  more: Pick<Network, 'warmUp' | 'dispose'>,
): Network {
  return {
    ...more,
    batchPictures: BATCH_PICTURES,
    map: async (pictures) => {
      const output = tf.tidy(() => outputs(pictures)[0]);
      return { values: await readAndDispose(output), shape: output.shape.slice(1) };
    },
    reader: (wanted) => Promise.resolve(new TensorReader(outputs, wanted)),
  };
}

/** Reads what a pass gives as tensors, at once. */
class TensorReader implements PassReader {
  readonly #outputs: Outputs;
  readonly #wanted: WantedReadout;
  readonly #columns: number;
  /** Those of `joinedReadout`; undefined if it has no columns. */
  readonly #weights: { readonly kernel: tf.Tensor2D; readonly bias: tf.Tensor1D } | undefined;

  constructor(outputs: Outputs, wanted: WantedReadout) {
    this.#outputs = outputs;
    this.#wanted = wanted;
    const { kernel, bias, columns } = joinedReadout(wanted, 1);
    this.#columns = columns;
    if (columns === 0) return;
    this.#weights = disposeIfThrown((keep) => ({
      kernel: keep(tf.tensor2d(kernel, [kernel.length / columns, columns])),
      bias: tf.tensor1d(bias),
    }));
  }

  async read(batch: PictureBatch): Promise<Readout> {
    const pictures = batch.pictures.length;
    let mapShape: readonly number[] = [];
    const output = tf.tidy(() => {
      const [map, ...kept] = this.#outputs(batch);
      mapShape = map.shape.slice(1);
      const parts = [pool(map), ...this.#projected(map), ...(this.#wanted.further ? kept : [])];
      return tf.concat(
        parts.map((part) => tf.reshape(part, [pictures, -1])),
        1,
      );
    });
    const values = await readAndDispose(output);
    const channels = mapShape.at(-1)!;
    const places = mapShape.slice(0, -1).reduce((a, b) => a * b, 1);
    let from = 0;
    const next = (length: number) => {
      from += length;
      return columnsOf(values, pictures, { from: from - length, length });
    };
    const features = next(channels);
    const rows = next(places * this.#columns);
    const projected = poolAnchors(rows, pictures, { ...this.#wanted, columns: this.#columns });
    return { mapShape, features, ...projected, further: next(values.length / pictures - from) };
  }

  /** `[batch * places, columns]`, if there are any. */
  #projected(map: tf.Tensor): tf.Tensor[] {
    if (!this.#weights) return [];
    const { kernel, bias } = this.#weights;
    const rows = tf.reshape<tf.Rank.R2>(map, [-1, map.shape.at(-1)!]);
    return [tf.add(tf.matMul(rows, kernel), bias)];
  }

  dispose(): void {
    if (this.#weights) tf.dispose([this.#weights.kernel, this.#weights.bias]);
  }
}

/**
 * Waits until a backend has computed a tensor, and disposes the tensor, also if that fails.
 *
 * @returns its values, row-major
 * @throws the error of the backend, such as that of a lost device
 */
export async function readAndDispose(output: tf.Tensor): Promise<Float32Array> {
  try {
    return await output.data<'float32'>();
  } finally {
    output.dispose();
  }
}

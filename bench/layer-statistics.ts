import * as tf from '@tensorflow/tfjs-core';
import { model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { loadLayers } from '../src/learning/model-files/load-layers.ts';
import { readBase } from './base-in-node.ts';
import { pixelTensor } from '../src/learning/input/picture-batch.ts';

const BATCH = 8;

/** The name of the last map of MobileNetV2. */
export const LAST = 'out_relu';

/** Mean and standard deviation over the places of the maps of some layers, by `layer mean` or `layer std`. */
export type Statistics = ReadonlyMap<string, Float32Array>;

/** Reads the maps of a MobileNetV2 whose input is -1 to 1. */
export interface LayerStatistics {
  /** @param rgba `[size, size, 4]`, 0 to 255 */
  read(pictures: readonly Uint8ClampedArray[]): Promise<Statistics[]>;
  /**
   * How much each place of the last map looks like a known class.
   *
   * @returns logits, row by row
   */
  places(rgba: Uint8ClampedArray, classId: string): Promise<Float32Array>;
}

/**
 * Opens a folder with `model.json`, on the current backend of TensorFlow.js.
 *
 * @param layers Keras's names
 * @param size side of the pictures in pixels
 */
export async function openStatistics(
  folder: string,
  layers: readonly string[],
  size: number,
): Promise<LayerStatistics> {
  const { spec, artifacts, known } = await readBase(folder);
  const whole = await loadLayers(artifacts, size);
  const outputs = layers.map((name) => whole.getLayer(name).output as SymbolicTensor);
  const part = makeModel({ inputs: whole.inputs, outputs });
  const maps = (pictures: readonly Uint8ClampedArray[]): tf.Tensor4D[] => {
    const pixels = pixelTensor({ size, pictures: pictures.map((rgba) => ({ rgba, flip: false })) });
    const all = part.predict(tf.sub(tf.div(pixels, 127.5), 1));
    return (Array.isArray(all) ? all : [all]) as tf.Tensor4D[];
  };
  return {
    async read(pictures) {
      const rows: Statistics[] = [];
      for (let at = 0; at < pictures.length; at += BATCH) {
        const batch = pictures.slice(at, at + BATCH);
        const read = tf.tidy(() =>
          maps(batch).map((map) => {
            const { mean, variance } = tf.moments(map, [1, 2]);
            return tf.concat([mean, tf.sqrt(variance)], 1);
          }),
        );
        const values = await Promise.all(read.map((each) => each.data<'float32'>()));
        tf.dispose(read);
        rows.push(...batch.map((_, row) => rowOf(layers, values, row, batch.length)));
      }
      return rows;
    },
    async places(rgba, classId) {
      const index = spec.knows?.classes.findIndex(({ id }) => id === classId) ?? -1;
      if (!known || index < 0) throw new Error(`The base knows no ${classId}`);
      const logits = tf.tidy(() => {
        const all = known.placeLogits(maps([rgba])[layers.indexOf(LAST)]!);
        return tf.reshape(tf.slice(all, [0, 0, index], [-1, -1, 1]), [-1]);
      });
      const values = await logits.data<'float32'>();
      logits.dispose();
      return values;
    },
  };
}

function rowOf(
  layers: readonly string[],
  values: readonly Float32Array[],
  row: number,
  rows: number,
): Statistics {
  return new Map(
    layers.flatMap((layer, i) => {
      const length = values[i]!.length / rows;
      const both = values[i]!.slice(row * length, (row + 1) * length);
      return [
        [`${layer} mean`, both.subarray(0, length / 2)],
        [`${layer} std`, both.subarray(length / 2)],
      ] as const;
    }),
  );
}

import * as tf from '@tensorflow/tfjs-core';
import { model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { pixelTensor } from '../src/learning/input/picture-batch.ts';
import { loadLayers } from '../src/learning/model-files/load-layers.ts';
import { readBase, type BaseInNode } from './base-in-node.ts';
import { chosenClasses } from '../src/learning/features/known-readout.ts';

const BATCH = 8;

/** The name of the last map of MobileNetV2. */
export const LAST = 'out_relu';

/**
 * What the maps of some layers say, by `LAYER mean` (over the places), `LAYER deviation` (its standard
 * deviation), and if the base knows animals `LAYER seen` (the mean with the weights of `PLACES`).
 */
export type Statistics = ReadonlyMap<string, Float32Array>;

/** How much of the animal each place of the last map has; the sum is 1. */
export const PLACES = 'places';

/** Reads pictures, RGBA `[size, size, 4]`, 0 to 255. */
export type ReadStatistics = (pictures: readonly Uint8ClampedArray[]) => Promise<Statistics[]>;

/**
 * Opens a MobileNetV2 whose input is -1 to 1, on the current backend of TensorFlow.js.
 *
 * @param layers Keras's names
 * @param size side of the pictures in pixels
 */
export async function openStatistics(
  folder: string,
  layers: readonly string[],
  size: number,
): Promise<ReadStatistics> {
  const base = await readBase(folder);
  const whole = await loadLayers(base.artifacts, size);
  const names = [...layers, LAST];
  const outputs = names.map((name) => whole.getLayer(name).output as SymbolicTensor);
  const part = makeModel({ inputs: whole.inputs, outputs });
  return async (pictures) => {
    const rows: Statistics[] = [];
    for (let at = 0; at < pictures.length; at += BATCH) {
      const batch = pictures.slice(at, at + BATCH);
      const read = tf.tidy(() => {
        const pixels = pixelTensor({
          size,
          pictures: batch.map((rgba) => ({ rgba, flip: false })),
        });
        const all = part.predict(tf.sub(tf.div(pixels, 127.5), 1));
        const maps = (Array.isArray(all) ? all : [all]) as tf.Tensor4D[];
        return statisticsOf(names, maps, base);
      });
      const found = new Map<string, Float32Array>();
      for (const [name, tensor] of Object.entries(read)) {
        found.set(name, await tensor.data<'float32'>());
      }
      tf.dispose(read);
      batch.forEach((_, row) => {
        const own = [...found].map(([name, values]) => {
          const length = values.length / batch.length;
          return [name, values.slice(row * length, (row + 1) * length)] as const;
        });
        rows.push(new Map(own));
      });
    }
    return rows;
  };
}

function statisticsOf(
  names: readonly string[],
  maps: readonly tf.Tensor4D[],
  base: BaseInNode,
): Record<string, tf.Tensor> {
  const last = maps.at(-1)!;
  const places = placesOf(last, base);
  const all: Record<string, tf.Tensor> = places ? { [PLACES]: places } : {};
  for (const [i, map] of maps.entries()) {
    const { mean, variance } = tf.moments(map, [1, 2]);
    all[`${names[i]} mean`] = mean;
    all[`${names[i]} deviation`] = tf.sqrt(variance);
    if (!places) continue;
    const factor = map.shape[1] / last.shape[1];
    const cells = factor === 1 ? map : tf.avgPool(map, factor, factor, 'valid');
    const rows = tf.reshape(cells, [map.shape[0], -1, map.shape[3]]);
    const seen = tf.matMul(tf.expandDims(places, 1), rows);
    all[`${names[i]} seen`] = tf.squeeze(seen, [1]);
  }
  return all;
}

/** @returns `[batch, places]`; undefined if the base knows no animals */
function placesOf(map: tf.Tensor4D, { spec, known }: BaseInNode): tf.Tensor2D | undefined {
  const animals = spec.knows?.classes.flatMap(({ animal }, i) => (animal ? [i] : [])) ?? [];
  if (!known || animals.length === 0) return undefined;
  const { kernel, bias, anchors } = chosenClasses(known, animals);
  const rows = tf.reshape<tf.Rank.R2>(map, [-1, map.shape[3]]);
  const outputs = tf.add(tf.matMul(rows, tf.tensor2d(kernel, [map.shape[3], bias.length])), bias);
  const logits = tf.reshape(outputs, [map.shape[0], -1, animals.length, anchors]);
  return tf.softmax(tf.logSumExp<tf.Tensor2D>(logits, [2, 3]));
}

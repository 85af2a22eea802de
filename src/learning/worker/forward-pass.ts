import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PlaceLogits } from '../evaluate/class-activation-map.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { pool } from '../features/global-average-pooling.ts';
import type { DenseHead } from '../head/dense-head.ts';
import type { HeadPrior } from '../head/head-prior.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { BoxValues } from '../features/box-reader.ts';
import type { Sought } from './sought.ts';

/** What a pass over the variants of one picture gives. */
interface PassResult {
  /** `[outputs]`, of the mean features of the variants. */
  readonly logits: Float32Array;
  /** `[featureLength]`, of the first variant. */
  readonly features: Float32Array;
  /** The logits of the prior's known classes, of the first variant; empty without a prior. */
  readonly known: Float32Array;
  /** Of the first variant; present if it was asked for and the base ends in a feature map. */
  readonly placeLogits?: PlaceLogits;
  /** Of the first variant; present if something was sought. */
  readonly boxes?: BoxValues;
}

/** What a pass reads besides the answer. */
interface PassExtras {
  /** Whether to read what each place says. */
  readonly places: boolean;
  /** What to find boxes of; the base then has boxes. */
  readonly sought?: Sought | undefined;
}

/** A base and a head, from pictures to logits: one pass and one readback. */
export interface ForwardPass {
  /**
   * @param pictures the variants of one picture
   * @throws Problem `gpu`
   */
  run(pictures: PictureBatch, extras: PassExtras): Promise<PassResult>;
  dispose(): void;
}

/** A pass by the operations of TensorFlow.js; the caller keeps head and prior. */
export function tensorPass(
  extractor: FeatureExtractor,
  head: DenseHead,
  prior: HeadPrior | undefined,
  watch: DeviceWatch,
): ForwardPass {
  return {
    run: async (pictures, { places, sought }) => {
      let mapShape: number[] = [];
      let boxesAt = 0;
      let known = 0;
      const output = tf.tidy(() => {
        const { map, further } = extractor.outputs(pictures);
        mapShape = map.shape;
        const features = pool(map);
        const [rows] = head.kernel.shape;
        const length = mapShape.at(-1)!;
        const read = further && rows > length ? tf.concat([features, further], 1) : features;
        const learned = head.logits(tf.mean<tf.Tensor2D>(read, 0, true));
        const added = prior?.logits(map);
        known = added?.known.shape[1] ?? 0;
        const parts: tf.Tensor[] = [
          added ? tf.add(learned, tf.mean(added.logits, 0, true)) : learned,
          tf.slice(features, [0, 0], [1, -1]),
          ...(added ? [tf.slice(added.known, [0, 0], [1, -1])] : []),
        ];
        // What each position of the map contributes to the logits, as the head is linear and
        // pooling is a mean. Further features are of no such position.
        const first = tf.slice(map, Array(map.rank).fill(0), [1, ...mapShape.slice(1)]);
        if (places && map.rank === 4) {
          const kernel = tf.slice(head.kernel, [0, 0], [length, -1]);
          const own = tf.matMul(tf.reshape(first, [-1, length]), kernel);
          parts.push(prior ? tf.add(own, prior.placeLogits(first)) : own);
        }
        boxesAt = parts.reduce((sum, { size }) => sum + size, 0);
        if (sought) parts.push(extractor.boxes!.outputs(first, extractor.known!, sought));
        return tf.concat(parts.map((part) => tf.reshape(part, [-1])));
      });
      try {
        const values = await watch.read(output);
        let at = 0;
        const next = (length: number) => values.slice(at, (at += length));
        const [, height = 0, width = 0] = mapShape;
        const result = {
          logits: next(head.outputs),
          features: next(mapShape.at(-1)!),
          known: next(known),
        };
        const rest = values.slice(at, boxesAt);
        return {
          ...result,
          ...(rest.length > 0 && { placeLogits: { values: rest, height, width } }),
          ...(sought && { boxes: { values: values.slice(boxesAt), mapShape: mapShape.slice(1) } }),
        };
      } finally {
        output.dispose();
      }
    },
    dispose: () => undefined,
  };
}

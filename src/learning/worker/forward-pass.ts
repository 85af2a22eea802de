import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PlaceLogits } from '../evaluate/class-activation-map.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { pool } from '../features/global-average-pooling.ts';
import type { DenseHead } from '../head/dense-head.ts';
import type { HeadPrior } from '../head/head-prior.ts';
import type { PictureBatch } from '../input/picture-batch.ts';

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
}

/** A base and a head, from pictures to logits: one pass and one readback. */
export interface ForwardPass {
  /**
   * @param pictures the variants of one picture
   * @param places whether to read what each place says
   * @throws Problem `gpu`
   */
  run(pictures: PictureBatch, places: boolean): Promise<PassResult>;
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
    run: async (pictures, places) => {
      let mapShape: number[] = [];
      let known = 0;
      const output = tf.tidy(() => {
        const map = extractor.map(pictures);
        mapShape = map.shape;
        const features = pool(map);
        const learned = head.logits(tf.mean<tf.Tensor2D>(features, 0, true));
        const added = prior?.logits(map);
        known = added?.known.shape[1] ?? 0;
        const parts: tf.Tensor[] = [
          added ? tf.add(learned, tf.mean(added.logits, 0, true)) : learned,
          tf.slice(features, [0, 0], [1, -1]),
          ...(added ? [tf.slice(added.known, [0, 0], [1, -1])] : []),
        ];
        // What each position of the map contributes to the logits, as the head is linear and
        // pooling is a mean.
        if (places && map.rank === 4) {
          const first = tf.slice(map, [0, 0, 0, 0], [1, -1, -1, -1]);
          const rows = tf.matMul(tf.reshape(first, [-1, mapShape[3]!]), head.kernel);
          parts.push(prior ? tf.add(rows, prior.placeLogits(first)) : rows);
        }
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
        const rest = values.slice(at);
        return rest.length > 0
          ? { ...result, placeLogits: { values: rest, height, width } }
          : result;
      } finally {
        output.dispose();
      }
    },
    dispose: () => undefined,
  };
}

import type { Operation } from './operation.ts';
import type { Values } from './values.ts';

/** See `KNOWN_SHARE` and `STRICTNESS` in learning/evaluate/second-voice.ts. */
export const KNOWN_SHARE = 0.25;
export const STRICTNESS = 1.1;

/** The logit of each known class of each picture. @param x `[batch, ...places, known * anchors]` */
export function knownClasses(
  { anchors, pooling, shape }: Extract<Operation, { kind: 'knownClasses' }>,
  x: Values,
): Float32Array {
  const [batch = 0] = x.shape;
  const [count = 0] = shape;
  const outputs = count * anchors;
  const perPicture = x.data.length / batch;
  const result = new Float32Array(batch * count);
  for (let i = 0; i < result.length; i++) {
    const first = Math.floor(i / count) * perPicture + (i % count) * anchors;
    const scores: number[] = [];
    for (let place = 0; place < perPicture; place += outputs) {
      scores.push(...x.data.subarray(first + place, first + place + anchors));
    }
    result[i] = pooling === 'mean' ? sum(scores) / scores.length : logSumExp(scores);
  }
  return result;
}

/**
 * The novelty from two voices; see `combinedNovelty` in learning/evaluate.
 *
 * @param known logits, `[batch, known]`
 * @param photos novelty from the training photos, `[batch, 1]`, if there were any
 */
export function knownNovelty(
  presentFrom: number,
  known: Values,
  photos: Values | undefined,
): Float32Array {
  const [batch = 0, count = 0] = known.shape;
  return Float32Array.from({ length: batch }, (_, row) => {
    const strongest = Math.max(...known.data.subarray(row * count, (row + 1) * count));
    const absence = Math.exp(presentFrom - strongest);
    if (!photos) return absence;
    return (
      STRICTNESS * Math.max(photos.data[row]!, 0) ** (1 - KNOWN_SHARE) * absence ** KNOWN_SHARE
    );
  });
}

/** `log(sum(exp(values)))`, without overflow. */
export function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(sum(values.map((value) => Math.exp(value - largest))));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

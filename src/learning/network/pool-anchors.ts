import type { Readout, WantedReadout } from './readout.ts';

/** What is computed of a last map besides its mean. */
export type Projected = Pick<Readout, 'known' | 'places'>;

/** Of neither known classes nor a head. */
export const NOTHING_PROJECTED: Projected = {
  known: new Float32Array(0),
  places: new Float32Array(0),
};

/**
 * Makes one number of the anchors of each known class: of each picture and, with a head, of each
 * place.
 *
 * @param rows `[pictures, places, columns]`: what the 1x1 convolution of `joinedReadout` gives
 */
export function poolAnchors(
  rows: Float32Array,
  pictures: number,
  { known, head, columns }: WantedReadout & { readonly columns: number },
): Projected {
  if (columns === 0) return NOTHING_PROJECTED;
  const anchors = known?.anchors ?? 1;
  const anchored = known?.bias.length ?? 0;
  const classes = anchored / anchors;
  const pool = known?.pooling === 'mean' ? meanOf : logSumExpOf;
  const places = rows.length / columns / pictures;
  /** Pools `count` places at a time. */
  const pooled = (count: number, width: number): Float32Array => {
    const all = new Float32Array(((pictures * places) / count) * width);
    for (let start = 0; start < all.length / width; start++) {
      for (let index = 0; index < classes; index++) {
        const from = start * count * columns + index * anchors;
        all[start * width + index] = pool(rows, { from, anchors, places: count, columns });
      }
    }
    return all;
  };
  if (!head) return { known: pooled(places, classes), places: NOTHING_PROJECTED.places };
  const width = classes + head.outputs;
  const each = pooled(1, width);
  for (let place = 0; place < pictures * places; place++) {
    const from = place * columns + anchored;
    each.set(rows.subarray(from, from + head.outputs), place * width + classes);
  }
  return { known: pooled(places, classes), places: each };
}

/** Some columns of some rows of `[places, columns]`. */
interface Anchors {
  /** Index of the first number. */
  readonly from: number;
  readonly anchors: number;
  readonly places: number;
  readonly columns: number;
}

function meanOf(rows: Float32Array, { from, anchors, places, columns }: Anchors): number {
  let sum = 0;
  for (let place = 0; place < places; place++) {
    const at = from + place * columns;
    for (let anchor = 0; anchor < anchors; anchor++) sum += rows[at + anchor]!;
  }
  return sum / (places * anchors);
}

function logSumExpOf(rows: Float32Array, { from, anchors, places, columns }: Anchors): number {
  let largest = -Infinity;
  for (let place = 0; place < places; place++) {
    const at = from + place * columns;
    for (let anchor = 0; anchor < anchors; anchor++)
      largest = Math.max(largest, rows[at + anchor]!);
  }
  let sum = 0;
  for (let place = 0; place < places; place++) {
    const at = from + place * columns;
    for (let anchor = 0; anchor < anchors; anchor++) sum += Math.exp(rows[at + anchor]! - largest);
  }
  return largest + Math.log(sum);
}

import type { KnownBoxes } from '../../records/known-classes.ts';
import type { KnownReadout, PlaceReadout } from '../network/readout.ts';
import { chosenClasses, readPointwise } from './known-readout.ts';

/** Numbers that tell a box apart from its anchor. */
export const COORDINATES = 4;

/** Numbers per anchor in `boxOutputs`. */
export const BOX_OUTPUTS = COORDINATES + 1;

/**
 * Says where the classes are that a base knows, from its last feature map: a 1x1 convolution with 4
 * outputs for each anchor (see `KnownBoxes`).
 */
export interface BoxPredictor {
  readonly spec: KnownBoxes;
  readonly encodings: PlaceReadout;
}

/**
 * Reads `KnownBoxes.file`.
 *
 * @throws RangeError if it has another length
 */
export function readBoxPredictor(
  spec: KnownBoxes,
  featureLength: number,
  bytes: ArrayBuffer,
): BoxPredictor {
  const encodings = readPointwise(bytes, COORDINATES * spec.anchors.length, featureLength);
  return { spec, encodings };
}

/**
 * The linear map that is read at each place for `boxOutputs`: the encodings `[anchors, 4]`, then the
 * logits `[classes, anchors]`.
 *
 * @param known predicts the classes at the same anchors
 * @param classes indices of known classes
 */
export function boxReadout(
  { encodings }: BoxPredictor,
  known: KnownReadout,
  classes: readonly number[],
): PlaceReadout {
  const { kernel, bias } = chosenClasses(known, classes);
  return joinReadouts(encodings, { kernel, bias, outputs: bias.length });
}

/**
 * One linear map with the outputs of two on the same channels: first those of `a`, then those of `b`.
 *
 * @returns `kernel`: `[channels, a.outputs + b.outputs]`; `bias`: `[a.outputs + b.outputs]`, 0 where
 *   a map has none
 */
export function joinReadouts(a: PlaceReadout, b: PlaceReadout): PlaceReadout {
  const rows = a.kernel.length / a.outputs;
  const outputs = a.outputs + b.outputs;
  const kernel = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    kernel.set(a.kernel.subarray(row * a.outputs, (row + 1) * a.outputs), row * outputs);
    kernel.set(
      b.kernel.subarray(row * b.outputs, (row + 1) * b.outputs),
      row * outputs + a.outputs,
    );
  }
  const bias = new Float32Array(outputs);
  if (a.bias) bias.set(a.bias);
  if (b.bias) bias.set(b.bias, a.outputs);
  return { kernel, bias, outputs };
}

/**
 * Boxes and how likely one of some classes is in them, from the places of a readout.
 *
 * @param places `[places, width]`
 * @param from the column where the outputs of `boxReadout` begin; they are the last ones
 * @returns `[places, anchors, BOX_OUTPUTS]`: the encodings, then the largest logit of the classes
 */
export function boxOutputs(
  places: Float32Array,
  width: number,
  from: number,
  { spec: { anchors } }: BoxPredictor,
): Float32Array {
  const count = anchors.length;
  const logitsFrom = from + COORDINATES * count;
  const outputs = new Float32Array((places.length / width) * count * BOX_OUTPUTS);
  for (let row = 0; row < outputs.length / BOX_OUTPUTS; row++) {
    const [anchor, place] = [row % count, Math.floor(row / count) * width];
    const at = place + from + COORDINATES * anchor;
    outputs.set(places.subarray(at, at + COORDINATES), BOX_OUTPUTS * row);
    let largest = -Infinity;
    for (let column = logitsFrom + anchor; column < width; column += count) {
      largest = Math.max(largest, places[place + column]!);
    }
    outputs[BOX_OUTPUTS * row + COORDINATES] = largest;
  }
  return outputs;
}

import { fromFloat16 } from '../../platform/float16.ts';
import type { KnownClasses } from '../../records/known-classes.ts';
import type { Prior } from '../../records/prior.ts';
import type { KnownReadout, PlaceReadout } from '../network/readout.ts';
import { matchedClasses } from './prior-logits.ts';

/** The shape of a predictor of known classes, without its weights. */
export type PredictorShape = Pick<KnownReadout, 'anchors' | 'pooling'>;

/** One whose weights are in memory of their own, so that they can be stored and sent. */
type OwnReadout = KnownReadout & Record<'kernel' | 'bias', Float32Array<ArrayBuffer>>;

/** The number of classes that it predicts. */
export function classCount({ bias, anchors }: Pick<KnownReadout, 'bias' | 'anchors'>): number {
  return bias.length / anchors;
}

/**
 * Reads `KnownClasses.file`.
 *
 * @throws RangeError if it has another length
 */
export function readKnown(
  { anchors, pooling, classes }: Pick<KnownClasses, 'anchors' | 'pooling' | 'classes'>,
  featureLength: number,
  bytes: ArrayBuffer,
): KnownReadout {
  const { kernel, bias } = readPointwise(bytes, classes.length * anchors, featureLength);
  return { kernel, bias, anchors, pooling };
}

/** What predicts some of the classes, in the order given. @param indices of classes */
export function chosenClasses(known: KnownReadout, indices: readonly number[]): OwnReadout {
  const { kernel, bias, anchors } = known;
  const columns = indices.flatMap((index) =>
    Array.from({ length: anchors }, (_, anchor) => index * anchors + anchor),
  );
  const width = bias.length;
  const chosen = new Float32Array((kernel.length / width) * columns.length);
  for (let row = 0, at = 0; row < kernel.length; row += width) {
    for (const column of columns) chosen[at++] = kernel[row + column]!;
  }
  return { ...known, kernel: chosen, bias: Float32Array.from(columns, (column) => bias[column]!) };
}

/** What predicts the `matchedClasses` of a prior, in that order. */
export function readoutOfPrior(known: KnownReadout, prior: Pick<Prior, 'classes'>): OwnReadout {
  return chosenClasses(
    known,
    matchedClasses(prior).map(({ index }) => index),
  );
}

/**
 * The same from the stored weights of a model.
 *
 * @param kernel float32 `[featureLength, known * anchors]`
 * @param bias float32 `[known * anchors]`
 */
export function storedReadout(
  { anchors, pooling }: PredictorShape,
  kernel: ArrayBuffer,
  bias: ArrayBuffer,
): KnownReadout {
  return { kernel: new Float32Array(kernel), bias: new Float32Array(bias), anchors, pooling };
}

/**
 * Reads a file of what a base knows: the kernel `[outputs, featureLength]`, then the bias
 * `[outputs]`, in float16.
 *
 * @returns `kernel`: `[featureLength, outputs]`
 * @throws RangeError if it has another length
 */
export function readPointwise(
  bytes: ArrayBuffer,
  outputs: number,
  featureLength: number,
): Required<PlaceReadout> {
  if (bytes.byteLength !== 2 * outputs * (featureLength + 1)) {
    throw new RangeError(`${bytes.byteLength} bytes are no predictor of ${outputs} outputs`);
  }
  const values = fromFloat16(new Uint16Array(bytes));
  const kernel = new Float32Array(featureLength * outputs);
  for (let output = 0; output < outputs; output++) {
    for (let i = 0; i < featureLength; i++) {
      kernel[i * outputs + output] = values[output * featureLength + i]!;
    }
  }
  return { kernel, bias: values.slice(outputs * featureLength), outputs };
}

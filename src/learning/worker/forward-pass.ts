import type { Prior } from '../../records/prior.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PlaceLogits } from '../evaluate/class-activation-map.ts';
import type { PlainHead } from '../evaluate/predict-library.ts';
import type { BoxValues } from '../features/box-reader.ts';
import { boxOutputs, boxReadout, joinReadouts } from '../features/box-readout.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { storedReadout } from '../features/known-readout.ts';
import { mixLogits, mixtureOfMatched } from '../features/prior-logits.ts';
import { scaled } from '../features/read-rows.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import { disposeWhenOpen, type PassReader } from '../network/pass-reader.ts';
import type { PlaceReadout } from '../network/readout.ts';
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

/** The prior of a model, with the weights of its known classes. */
export interface PlainPrior {
  readonly prior: Prior;
  /** Float32 `[featureLength, known * anchors]` */
  readonly kernel: ArrayBuffer;
  /** Float32 `[known * anchors]` */
  readonly bias: ArrayBuffer;
}

/**
 * Creates the forward pass of a model. The backend computes the features, the logits of the known
 * classes and, if wanted, the places and the boxes; the head is applied here, in plain TypeScript.
 *
 * @param extractor the caller disposes it, after the pass
 */
export function forwardPass(
  extractor: FeatureExtractor,
  { kernel, bias }: PlainHead,
  plainPrior: PlainPrior | undefined,
  watch: DeviceWatch,
): ForwardPass {
  const { boxes, known: baseKnown, further } = extractor;
  const outputs = bias.length;
  const prior = plainPrior && {
    readout: storedReadout(plainPrior.prior, plainPrior.kernel, plainPrior.bias),
    matrix: mixtureOfMatched(plainPrior.prior),
  };
  const mapKernel = kernel.subarray(0, extractor.spec.featureLength * outputs);
  const readsFurther = further !== undefined && kernel.length > mapKernel.length;
  const readers = new Map<string, Promise<PassReader>>();
  const open = (places: boolean, sought: Sought | undefined): Promise<PassReader> => {
    const parts: PlaceReadout[] = [];
    if (places) parts.push({ kernel: mapKernel, outputs });
    if (sought) parts.push(boxReadout(boxes!, baseKnown!, sought));
    return extractor.reader({
      known: prior?.readout,
      further: readsFurther,
      ...(parts.length > 0 && { head: parts.reduce(joinReadouts) }),
    });
  };
  // One for each thing that is looked for, which changes with the classes only.
  const readerFor = (places: boolean, sought: Sought | undefined): Promise<PassReader> => {
    const key = `${places} ${sought?.join()}`;
    const opened = readers.get(key);
    if (opened) return opened;
    const opening = open(places, sought);
    readers.set(key, opening);
    // The next picture tries again.
    opening.catch(() => readers.delete(key));
    return opening;
  };
  return {
    run: async (pictures, { places, sought }) => {
      const read = await watch.answer(async () => (await readerFor(places, sought)).read(pictures));
      const variants = pictures.pictures.length;
      const own = meanRow(read.features, variants);
      const inputs = readsFurther
        ? Float32Array.of(...own, ...meanRow(scaled(read.further, further), variants))
        : own;
      const logits = multiply(inputs, kernel, outputs);
      const classes = read.known.length / variants;
      const fromPrior = prior && mixLogits(meanRow(read.known, variants), prior.matrix, classes);
      const { mapShape } = read;
      const [height = 0, width = 0, isMap] = mapShape;
      const first = read.places.subarray(0, read.places.length / variants);
      const columns = first.length / (height * width);
      return {
        logits: logits.map((value, i) => value + bias[i]! + (fromPrior?.[i] ?? 0)),
        features: read.features.subarray(0, own.length),
        known: read.known.subarray(0, classes),
        ...(places &&
          isMap && {
            placeLogits: {
              ...{ height, width },
              values: placeLogits(first, columns, classes, outputs, prior?.matrix),
            },
          }),
        ...(sought && {
          boxes: {
            values: boxOutputs(first, columns, classes + (places ? outputs : 0), boxes!),
            mapShape,
          },
        }),
      };
    },
    dispose: () => {
      for (const reader of readers.values()) disposeWhenOpen(reader);
    },
  };
}

/** The mean of the rows of a matrix. */
function meanRow(values: Float32Array, rows: number): Float32Array {
  const length = values.length / rows;
  return Float32Array.from({ length }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * length + column]!;
    return sum / rows;
  });
}

/** A row times a matrix of `columns` columns. */
function multiply(row: Float32Array, matrix: Float32Array, columns: number): Float32Array {
  const sums = new Float64Array(columns);
  row.forEach((value, k) => {
    for (let column = 0; column < columns; column++) {
      sums[column]! += value * matrix[k * columns + column]!;
    }
  });
  return Float32Array.from(sums);
}

/**
 * Adds to the head's part of each place what the prior says there.
 *
 * @param places `[places, width]`: the known classes, the head, and perhaps more
 */
function placeLogits(
  places: Float32Array,
  width: number,
  classes: number,
  outputs: number,
  matrix: Float32Array | undefined,
): Float32Array {
  return Float32Array.from({ length: (places.length / width) * outputs }, (_, i) => {
    const output = i % outputs;
    const start = Math.floor(i / outputs) * width;
    let sum = places[start + classes + output]!;
    for (let known = 0; known < classes; known++) {
      sum += places[start + known]! * (matrix?.[known * outputs + output] ?? 0);
    }
    return sum;
  });
}

import type { DeviceWatch } from '../backend/device-watch.ts';
import { boxOutputsFrom, boxReadout, joinReadouts } from '../features/box-readout.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { mixLogits, mixtureOfMatched } from '../features/prior-logits.ts';
import { scaled } from '../features/read-rows.ts';
import type { PlainHead } from '../evaluate/predict-library.ts';
import { disposeWhenOpen, type GpuReader } from '../network/webgpu/gpu-reader.ts';
import type { KnownReadout, PlaceReadout } from '../network/webgpu/projection.ts';
import type { Network } from '../network/network.ts';
import type { Prior } from '../../records/prior.ts';
import type { ForwardPass } from './forward-pass.ts';
import type { Sought } from './sought.ts';

/** The prior of a model, with the weights of its known classes. */
export interface PlainPrior {
  readonly prior: Prior;
  /** Float32 `[featureLength, known * anchors]` */
  readonly kernel: ArrayBuffer;
  /** Float32 `[known * anchors]` */
  readonly bias: ArrayBuffer;
}

/**
 * A pass by a plan on the GPU: what is read back are the features, the known classes and, if wanted,
 * the places and the boxes; the head is applied to them here.
 */
export function gpuPass(
  gpu: NonNullable<Network['gpu']>,
  { kernel, bias }: PlainHead,
  plainPrior: PlainPrior | undefined,
  { boxes, known: baseKnown, further }: Pick<FeatureExtractor, 'boxes' | 'known' | 'further'>,
  watch: DeviceWatch,
): ForwardPass {
  const mapShape = gpu.plan.outputShape;
  const outputs = bias.length;
  const length = mapShape.at(-1)!;
  const readsFurther = further && kernel.length > length * outputs;
  const mapKernel = kernel.subarray(0, length * outputs);
  const prior = plainPrior && withMixture(plainPrior);
  const known = prior && { known: prior.readout };
  const readers = new Map<string, Promise<GpuReader>>();
  const open = async (places: boolean, sought: Sought | undefined): Promise<GpuReader> => {
    const parts: PlaceReadout[] = places ? [{ kernel: mapKernel, outputs }] : [];
    if (sought) parts.push(await boxReadout({ boxes: boxes!, known: baseKnown! }, sought, watch));
    const more = { further: readsFurther === true };
    return gpu.reader({
      ...known,
      ...more,
      ...(parts.length > 0 && { head: parts.reduce(joinReadouts) }),
    });
  };
  // One for each thing that is looked for, which changes with the classes only.
  const readerFor = (places: boolean, sought: Sought | undefined): Promise<GpuReader> => {
    const key = `${places} ${sought?.join()}`;
    const made = readers.get(key) ?? open(places, sought);
    readers.set(key, made);
    return made;
  };
  return {
    run: async (pictures, { places: wantsPlaces, sought }) => {
      const places = wantsPlaces && mapShape.length === 3;
      const read = await watch.answer(async () => (await readerFor(places, sought)).read(pictures));
      const variants = pictures.pictures.length;
      const own = meanRow(read.features, variants);
      const inputs = readsFurther
        ? Float32Array.of(...own, ...meanRow(scaled(read.further, further), variants))
        : own;
      const logits = multiply(inputs, kernel, outputs);
      const classes = read.known.length / variants;
      const fromPrior = prior && mixLogits(meanRow(read.known, variants), prior.matrix, classes);
      const [height = 0, width = 0] = mapShape;
      const columns = read.places.length / (variants * height * width);
      const first = read.places.subarray(0, height * width * columns);
      return {
        logits: logits.map((value, i) => value + bias[i]! + (fromPrior?.[i] ?? 0)),
        features: read.features.subarray(0, length),
        known: read.known.subarray(0, classes),
        ...(places && {
          placeLogits: {
            ...{ height, width },
            values: placeLogits(first, columns, classes, outputs, prior?.matrix),
          },
        }),
        ...(sought && {
          boxes: {
            values: boxOutputsFrom(first, columns, classes + (places ? outputs : 0), boxes!),
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

function withMixture({ prior, kernel, bias }: PlainPrior): {
  readonly readout: KnownReadout;
  readonly matrix: Float32Array;
} {
  return {
    readout: {
      ...{ kernel: new Float32Array(kernel), bias: new Float32Array(bias) },
      ...{ anchors: prior.anchors, pooling: prior.pooling },
    },
    matrix: mixtureOfMatched(prior),
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

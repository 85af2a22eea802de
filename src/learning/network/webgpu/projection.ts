import { columnsOf } from '../../../platform/rows.ts';
import { joinedReadout, type Readout, type WantedReadout } from '../readout.ts';
import { GpuWeights } from './gpu-weights.ts';
import { poolStep, VECTOR, workgroupsFor, type GpuPlan, type GpuStep } from './gpu-plan.ts';
import { REDUCING_WORKGROUP, TILE_ROWS } from './shaders.ts';

/** The dispatches after a network that compute a `Readout`. */
export interface Projection {
  readonly steps: readonly GpuStep[];
  readonly weights: Float32Array<ArrayBuffer>;
  /** Bytes of the projected map of one picture; 0 without a projection. */
  readonly projectedBytes: number;
  /** Number of floats of each part of a picture's result, in the order of `Readout`. */
  readonly lengths: Readonly<Record<Exclude<keyof Readout, 'mapShape'>, number>>;
  /** Where the means of kept maps begin in a picture's result, in floats. */
  readonly furtherAt: number;
  /** Floats from the result of one picture to that of the next. */
  readonly stride: number;
}

/**
 * The dispatches that read the mean of the last map, the known classes and, if wanted, what each
 * place says.
 *
 * @param plan the network's output, and the kept maps, whose channels are whole vectors
 * @param projected index of the buffer for the projected map
 */
export function projectionOf(
  { output: map, kept }: Pick<GpuPlan, 'output' | 'kept'>,
  projected: number,
  { known, head }: Pick<WantedReadout, 'known' | 'head'>,
): Projection {
  const { places, channels, buffer } = map;
  const depth = channels / VECTOR;
  const anchored = known?.bias.length ?? 0;
  const classes = known ? anchored / known.anchors : 0;
  const outputs = head?.outputs ?? 0;
  const joined = joinedReadout({ known, head }, VECTOR);
  const columns = joined.columns / VECTOR;
  const lengths = {
    features: channels,
    known: classes,
    places: head ? places * (classes + outputs) : 0,
    further: kept.reduce((sum, { channels }) => sum + channels, 0),
  };
  // The means of kept maps are whole vectors, and begin at one.
  const before = lengths.features + lengths.known + lengths.places;
  const furtherAt = VECTOR * Math.ceil(before / VECTOR);
  const stride = furtherAt + lengths.further;
  const pool = poolStep(places, depth);
  const weights = new GpuWeights();
  const at = { weights: weights.add(joined.kernel), bias: weights.add(joined.bias) };
  const features: GpuStep = {
    ...pool,
    ...{ source: buffer, target: 'result' },
    numbers: { ...pool.numbers, targetStride: stride / VECTOR },
  };
  let keptAt = furtherAt / VECTOR;
  const means = kept.map((map): GpuStep => {
    const step = poolStep(map.places, map.channels / VECTOR);
    const numbers = { ...step.numbers, targetStride: stride / VECTOR, targetOffset: keptAt };
    keptAt += map.channels / VECTOR;
    return { ...step, source: map.buffer, target: 'result', numbers };
  });
  const project: GpuStep = {
    shader: 'pointwise',
    ...{ source: buffer, target: projected },
    numbers: {
      ...{ ...at, rows: places, depth, columns, low: -Infinity, high: Infinity },
      ...{ sourceStride: places * depth, targetStride: places * columns },
    },
    workgroups: workgroupsFor(columns, Math.ceil(places / TILE_ROWS)),
  };
  /** Reduces `rows` places at a time, to `width` numbers. */
  const reduce = (rows: number, width: number, targetOffset: number): GpuStep => ({
    shader: known?.pooling === 'mean' ? 'meanOfAnchors' : 'logSumExpOfAnchors',
    ...{ source: projected, target: 'result' },
    numbers: {
      ...{ rows, columns: VECTOR * columns, outWidth: width, known: classes },
      ...{ anchors: known?.anchors ?? 1, targetOffset, targetStride: stride },
      sourceStride: places * columns * VECTOR,
    },
    workgroups: [Math.ceil(width / REDUCING_WORKGROUP), places / rows],
  });
  return {
    steps: [
      features,
      ...means,
      ...(columns > 0 ? [project] : []),
      ...(classes > 0 ? [reduce(places, classes, channels)] : []),
      ...(head ? [reduce(1, classes + outputs, channels + classes)] : []),
    ],
    weights: weights.build(),
    projectedBytes: Float32Array.BYTES_PER_ELEMENT * places * columns * VECTOR,
    ...{ lengths, furtherAt, stride },
  };
}

/**
 * Divides the results of pictures into the parts of a `Readout`.
 *
 * @param values `[pictures, stride]`, as the shaders write them
 */
export function readoutOf(
  values: Float32Array,
  { lengths, furtherAt, stride }: Pick<Projection, 'lengths' | 'furtherAt' | 'stride'>,
): Omit<Readout, 'mapShape'> {
  const pictures = values.length / stride;
  const part = (from: number, length: number) => columnsOf(values, pictures, { from, length });
  const { features, known, places, further } = lengths;
  return {
    features: part(0, features),
    known: part(features, known),
    places: part(features + known, places),
    further: part(furtherAt, further),
  };
}

import type { Workload } from './workload.ts';
import type { Throughput } from '../../records/throughput.ts';

/** The stages whose time is reckoned; the others are over in a moment. */
export type LongStage = 'features' | 'head' | 'boundaries' | 'fineTuning';

export type ExpectedSeconds = Readonly<Record<LongStage, number>>;

/**
 * How long each stage of a training is going to take.
 *
 * @param pace what was measured on this device
 * @param forward seconds of a picture's forward pass as the self-test took it: what is reckoned with
 *   where nothing else was measured
 * @returns `measured`: that every stage was taken from an earlier one of its kind
 */
export function expectedSeconds(
  work: Workload,
  pace: Throughput,
  forward: number,
): { readonly seconds: ExpectedSeconds; readonly measured: boolean } {
  const picture = pace.picture ?? forward;
  const seconds = {
    features: work.pictures * picture,
    head: work.examples * (pace.example ?? 0) + work.headEpochs * (pace.headEpoch ?? 0),
    boundaries: work.boundaries * (pace.boundary ?? picture * work.frozenFraction),
    fineTuning: work.passes * (pace.pass ?? forward),
  };
  const known = {
    features: work.pictures === 0 || pace.picture !== undefined,
    head: pace.example !== undefined,
    fineTuning: work.passes === 0 || pace.pass !== undefined,
  };
  return { seconds, measured: Object.values(known).every(Boolean) };
}

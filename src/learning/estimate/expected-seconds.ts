import type { Workload } from './workload.ts';
import type { Throughput } from '../../records/throughput.ts';

/** The stages whose time is estimated; the others take only a moment. */
type EstimatedStage = 'features' | 'head' | 'boundaries' | 'fineTuning';

/** Expected duration of each stage, in seconds. */
export type ExpectedSeconds = Readonly<Record<EstimatedStage, number>>;

/**
 * Estimates the duration of each stage of a training.
 *
 * @param throughput what was measured on this device
 * @param forward duration of one picture's forward pass in the self-test, in seconds: the basis of
 *   the estimate for work that was not measured yet
 * @returns `seconds`, and `measured`: whether every stage that has work was measured before, except
 *   for the boundary activations
 */
export function expectedSeconds(
  work: Workload,
  throughput: Throughput,
  forward: number,
): { readonly seconds: ExpectedSeconds; readonly measured: boolean } {
  const picture = throughput.picture ?? forward;
  const { example = 0, headEpoch = 0 } = throughput;
  const seconds = {
    features: work.pictures * picture,
    head: work.examples * example + work.headEpochs * headEpoch,
    boundaries: work.boundaries * (throughput.boundary ?? picture * work.frozenFraction),
    // The self-test runs while a WebAssembly engine still compiles; photos come after that. A photo
    // takes longer than its forward pass, so the shorter of the two is nearer to it.
    fineTuning: work.passes * (throughput.pass ?? Math.min(forward, picture)),
  };
  const known = {
    features: work.pictures === 0 || throughput.picture !== undefined,
    head: throughput.example !== undefined,
    fineTuning: work.passes === 0 || throughput.pass !== undefined,
  };
  return { seconds, measured: Object.values(known).every(Boolean) };
}

import type { Hyperparameters } from '../../records/model.ts';

/**
 * The learning rate of a step. `cosine` decays from the full rate to zero along half a cosine wave
 * (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts).
 *
 * @param step index of the step, from 0
 * @param steps number of steps in the whole training
 */
export function learningRateAt(
  step: number,
  steps: number,
  { learningRate, schedule }: Pick<Hyperparameters, 'learningRate' | 'schedule'>,
): number {
  if (schedule === 'constant') return learningRate;
  return (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
}

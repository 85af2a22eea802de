import type { Hyperparameters } from '../../records/model.ts';

/**
 * The learning rate of a step. `cosine` goes from the full rate to zero along half a wave
 * (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts).
 *
 * @param step from 0
 * @param steps of the whole training
 */
export function learningRateAt(
  step: number,
  steps: number,
  { learningRate, schedule }: Pick<Hyperparameters, 'learningRate' | 'schedule'>,
): number {
  if (schedule === 'constant') return learningRate;
  return (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
}

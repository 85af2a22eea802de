import type { Network } from '../../learning/program/program-network.ts';
import type { PictureAnswer } from './messages.ts';

/** @param rgba `[size, size, 4]`, 0 to 255 */
export function answerPicture(network: Network, rgba: Uint8ClampedArray): PictureAnswer {
  const { probabilities, novelty } = network({ rgba, flip: false });
  return { probabilities: [...probabilities], novelty: novelty?.[0] ?? 0 };
}

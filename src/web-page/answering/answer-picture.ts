import type { Network } from '../../learning/program/kernel-network.ts';
import type { PictureAnswer } from './messages.ts';

/** @param rgba `[size, size, 4]`, 0 to 255 */
export function answerPicture(network: Network, rgba: Uint8ClampedArray): PictureAnswer {
  const picture = new Float32Array((rgba.length / 4) * 3);
  for (let i = 0; i < picture.length; i++) {
    picture[i] = rgba[Math.floor(i / 3) * 4 + (i % 3)]! / 127.5 - 1;
  }
  const { probabilities, novelty } = network(picture);
  return { probabilities: [...probabilities], novelty: novelty?.[0] ?? 0 };
}

import { DEVIATION, MEAN, MEAN_BGR } from '../../records/imagenet.ts';
import type { InputScaling } from './trained-network.ts';

/** A linear map of the three channels of a pixel: a 1x1 convolution. */
export interface ChannelMap {
  /** `[3, 3]`: input channel, output channel. */
  readonly kernel: Float32Array;
  /** `[3]` */
  readonly bias: Float32Array;
}

/**
 * Maps what an exported model reads to what its base reads. Every exported model reads RGB from -1
 * to 1, so that they all are used alike.
 *
 * @param pixelOf the pixel value, 0 to 255, of an input x as `pixelOf[0] x + pixelOf[1]`; default:
 *   `127.5 x + 127.5`
 * @returns undefined if the base reads the same
 */
export function inputScaling(
  { mode, range: [low, high] }: InputScaling,
  pixelOf: readonly [number, number] = [127.5, 127.5],
): ChannelMap | undefined {
  const perChannel = [0, 1, 2].map((output) => {
    switch (mode) {
      case 'torch':
        return {
          from: output,
          scale: 1 / (255 * DEVIATION[output]!),
          shift: -MEAN[output]! / DEVIATION[output]!,
        };
      case 'caffe':
        return { from: 2 - output, scale: 1, shift: -MEAN_BGR[output]! };
      default:
        return { from: output, scale: (high - low) / 255, shift: low };
    }
  });
  const kernel = new Float32Array(9);
  const bias = new Float32Array(3);
  perChannel.forEach(({ from, scale, shift }, output) => {
    kernel[from * 3 + output] = scale * pixelOf[0];
    bias[output] = scale * pixelOf[1] + shift;
  });
  const isIdentity = kernel.every((value, i) => value === (i % 4 === 0 ? 1 : 0));
  return isIdentity && bias.every((value) => value === 0) ? undefined : { kernel, bias };
}

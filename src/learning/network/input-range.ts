import type { BaseSpec } from '../../records/base-spec.ts';
import { DEVIATION, MEAN, MEAN_BGR } from '../../records/imagenet.ts';
import type { InputRange } from './plan/plan.ts';

/** What `preprocess` does to the pixels of a base's input. */
export function inputRange({
  preprocessing,
  inputRange: [low, high],
}: Pick<BaseSpec, 'preprocessing' | 'inputRange'>): InputRange {
  const rgb = [0, 1, 2] as const;
  switch (preprocessing) {
    case 'torch': {
      const scale = DEVIATION.map((deviation) => 1 / (255 * deviation));
      const shift = MEAN.map((mean, channel) => -mean / DEVIATION[channel]!);
      return { values: Float32Array.of(...scale, 0, ...shift, 0), channels: rgb };
    }
    case 'caffe': {
      const [blue, green, red] = MEAN_BGR.map((mean) => -mean) as [number, number, number];
      return { values: Float32Array.of(1, 1, 1, 0, red, green, blue, 0), channels: [2, 1, 0] };
    }
    default: {
      const scale = (high - low) / 255;
      return {
        values: Float32Array.of(scale, scale, scale, 0, low, low, low, 0),
        channels: rgb,
      };
    }
  }
}

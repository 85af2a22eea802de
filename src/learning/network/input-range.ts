import type { BaseSpec } from '../../records/base-spec.ts';
import type { InputRange } from './plan/plan.ts';

/** Mean and standard deviation of the ImageNet pictures, RGB, 0 to 1. */
export const MEAN = [0.485, 0.456, 0.406];
export const DEVIATION = [0.229, 0.224, 0.225];
/** Mean of the ImageNet pictures, BGR, 0 to 255. */
export const MEAN_BGR = [103.939, 116.779, 123.68];

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

import type { Clamp, Operation } from './operation.ts';
import type { Values } from './values.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

/** Bounds of the results of a fused operation. */
function bounds(clamp: Clamp): readonly [number, number] {
  return clamp === 'linear' ? [-Infinity, Infinity] : [0, clamp === 'relu6' ? 6 : Infinity];
}

/** A convolution, also of groups of channels. @param x `[batch, h, w, channels]` */
export function convolve(operation: Of<'convolution'>, x: Values): Values {
  const { kernel, bias, strides, dilations, padding, groups, clamp } = operation;
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const [rows, columns, depth, outChannels] = kernel.shape;
  const [outHeight = 0, outWidth = 0] = operation.shape;
  const perGroup = outChannels / groups;
  const [low, high] = bounds(clamp);
  const data = new Float32Array(batch * outHeight * outWidth * outChannels);
  const sums = new Float64Array(outChannels);
  let to = 0;
  for (let picture = 0; picture < batch; picture++) {
    for (let y = 0; y < outHeight; y++) {
      for (let column = 0; column < outWidth; column++) {
        sums.set(bias);
        for (let i = 0; i < rows; i++) {
          const inY = y * strides[0] + i * dilations[0] - padding.top;
          if (inY < 0 || inY >= height) continue;
          for (let j = 0; j < columns; j++) {
            const inX = column * strides[1] + j * dilations[1] - padding.left;
            if (inX < 0 || inX >= width) continue;
            const from = ((picture * height + inY) * width + inX) * channels;
            const tap = (i * columns + j) * depth * outChannels;
            for (let channel = 0; channel < channels; channel++) {
              const value = x.data[from + channel]!;
              if (value === 0) continue;
              const first = Math.floor(channel / depth) * perGroup;
              const row = tap + (channel % depth) * outChannels;
              for (let out = first; out < first + perGroup; out++) {
                sums[out]! += value * kernel.values[row + out]!;
              }
            }
          }
        }
        for (let out = 0; out < outChannels; out++) {
          data[to++] = Math.min(high, Math.max(low, sums[out]!));
        }
      }
    }
  }
  return { shape: [batch, ...operation.shape], data };
}

/** A depthwise convolution. @param x `[batch, h, w, channels]` */
export function convolveDepthwise(operation: Of<'depthwise'>, x: Values): Values {
  const { kernel, bias, strides, dilations, padding, clamp } = operation;
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const [rows, columns, , multiplier] = kernel.shape;
  const [outHeight = 0, outWidth = 0] = operation.shape;
  const [low, high] = bounds(clamp);
  const outChannels = channels * multiplier;
  const data = new Float32Array(batch * outHeight * outWidth * outChannels);
  const sums = new Float64Array(outChannels);
  let to = 0;
  for (let picture = 0; picture < batch; picture++) {
    for (let y = 0; y < outHeight; y++) {
      for (let column = 0; column < outWidth; column++) {
        sums.set(bias);
        for (let i = 0; i < rows; i++) {
          const inY = y * strides[0] + i * dilations[0] - padding.top;
          if (inY < 0 || inY >= height) continue;
          for (let j = 0; j < columns; j++) {
            const inX = column * strides[1] + j * dilations[1] - padding.left;
            if (inX < 0 || inX >= width) continue;
            const from = ((picture * height + inY) * width + inX) * channels;
            const tap = (i * columns + j) * outChannels;
            for (let out = 0; out < outChannels; out++) {
              const channel = multiplier === 1 ? out : Math.floor(out / multiplier);
              sums[out]! += x.data[from + channel]! * kernel.values[tap + out]!;
            }
          }
        }
        for (let out = 0; out < outChannels; out++) {
          data[to++] = Math.min(high, Math.max(low, sums[out]!));
        }
      }
    }
  }
  return { shape: [batch, ...operation.shape], data };
}

/** `x kernel + bias`. @param x `[batch, features]` */
export function dense({ kernel, bias, shape }: Of<'dense'>, x: Values): Values {
  const [batch = 0, features = 0] = x.shape;
  const units = bias.length;
  const data = new Float32Array(batch * units);
  for (let row = 0; row < batch; row++) {
    const sums = Float64Array.from(bias);
    for (let i = 0; i < features; i++) {
      const value = x.data[row * features + i]!;
      for (let unit = 0; unit < units; unit++) sums[unit]! += value * kernel[i * units + unit]!;
    }
    data.set(sums, row * units);
  }
  return { shape: [batch, ...shape], data };
}

import type { Kernel } from './operation.ts';

/** The kernel of a convolution of groups as one of all channels, whose other weights are zero. */
export function ungroupedKernel({ shape, values }: Kernel, groups: number): Kernel {
  const [rows, columns, depth, filters] = shape;
  const spread = new Float32Array(values.length * groups);
  const perGroup = filters / groups;
  values.forEach((value, i) => {
    const filter = i % filters;
    const channel = Math.floor(i / filters) % depth;
    const tap = Math.floor(i / (filters * depth));
    const group = Math.floor(filter / perGroup);
    spread[(tap * depth * groups + group * depth + channel) * filters + filter] = value;
  });
  return { shape: [rows, columns, depth * groups, filters], values: spread };
}

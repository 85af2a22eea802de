import { PANEL } from '../kernels/wasm/pointwise-module.ts';

/**
 * Packs the weights of a matrix product as `MultiplyTiles` reads them: panels of 8 columns, each
 * with its bias first. The last panel begins 8 columns before the end, so it may overlap the one
 * before.
 *
 * @param kernel `[depth, columns]`, 8 columns or more
 * @param bias `[columns]`
 * @returns `[panels, 1 + depth, 8]`
 */
export function packPanels(kernel: Float32Array, bias: Float32Array): Float32Array {
  const columns = bias.length;
  const depth = kernel.length / columns;
  const panels = Math.ceil(columns / PANEL);
  const packed = new Float32Array(panels * (1 + depth) * PANEL);
  let to = 0;
  for (let panel = 0; panel < panels; panel++) {
    const first = Math.min(panel * PANEL, columns - PANEL);
    packed.set(bias.subarray(first, first + PANEL), to);
    to += PANEL;
    for (let row = 0; row < depth; row++, to += PANEL) {
      const from = row * columns + first;
      packed.set(kernel.subarray(from, from + PANEL), to);
    }
  }
  return packed;
}

import { networkMemory } from '../kernels/wasm/network-module.ts';
import { packPanels } from '../kernels/wasm/pack-panels.ts';
import { aligned } from '../kernels/wasm/place-buffers.ts';
import { PANEL } from '../kernels/wasm/pointwise-module.ts';
import { prepareMultiply } from '../kernels/wasm/prepare-multiply.ts';
import { NOTHING_PROJECTED, poolAnchors, type Projected } from './pool-anchors.ts';
import { joinedReadout, type WantedReadout } from './readout.ts';

/** Computes what is read of the maps of some pictures, `[pictures, ...mapShape]`. */
type Project = (maps: Float32Array, pictures: number) => Projected;

/**
 * Prepares the known classes and the places of a readout: one more 1x1 convolution, in a memory of
 * its own because the memory of a plan cannot grow, then the known classes' log-sum-exp or mean.
 *
 * @param module from `networkModule`
 * @param isShared whether that module imports a shared memory
 * @param mapShape see `Readout`
 */
export function prepareProjection(
  module: WebAssembly.Module,
  isShared: boolean,
  mapShape: readonly number[],
  wanted: WantedReadout,
): Project {
  const depth = mapShape.at(-1)!;
  const places = mapShape.slice(0, -1).reduce((a, b) => a * b, 1);
  const { kernel, bias, columns } = joinedReadout(wanted, PANEL);
  if (columns === 0) return () => NOTHING_PROJECTED;
  const weights = packPanels({ depth, bias, values: kernel, startOf: (row) => row * columns });
  const mapAt = aligned(weights.byteLength);
  const resultAt = mapAt + aligned(4 * places * depth);
  const memory = networkMemory(resultAt + aligned(4 * places * columns), isShared);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  new Float32Array(memory.buffer).set(weights);
  const map = new Float32Array(memory.buffer, mapAt, places * depth);
  const result = new Float32Array(memory.buffer, resultAt, places * columns);
  const layout = { depth, aRow: 4 * depth, cRow: 4 * columns };
  const multiply = prepareMultiply(exports, layout, { low: -Infinity, high: Infinity });
  return (maps, pictures) => {
    const rows = new Float32Array(pictures * result.length);
    for (let picture = 0; picture < pictures; picture++) {
      map.set(maps.subarray(picture * map.length, (picture + 1) * map.length));
      multiply(mapAt, 0, resultAt, places, columns / PANEL, 4 * (columns - PANEL));
      rows.set(result, picture * result.length);
    }
    return poolAnchors(rows, pictures, { ...wanted, columns });
  };
}

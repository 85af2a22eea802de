import type { DeviceWatch } from '../backend/device-watch.ts';
import type { PlaceReadout } from '../network/webgpu/projection.ts';
import { BOX_OUTPUTS, COORDINATES, type BoxPredictor } from './box-predictor.ts';
import type { KnownClassPredictor } from './known-class-predictor.ts';

/** What says where the known classes of a base are. */
interface Predictors {
  readonly boxes: BoxPredictor;
  readonly known: KnownClassPredictor;
}

/**
 * The linear map that a plan on the GPU reads at each place for `BoxPredictor.outputs`: the
 * encodings `[anchors, 4]`, then the logits `[classes, anchors]`.
 *
 * @param classes indices of known classes
 * @throws Problem `gpu`
 */
export async function boxReadout(
  { boxes, known }: Predictors,
  classes: readonly number[],
  watch: DeviceWatch,
): Promise<PlaceReadout> {
  const { anchors } = known.shape;
  const columns = classes.flatMap((index) =>
    Array.from({ length: anchors }, (_, anchor) => index * anchors + anchor),
  );
  const chosen = (values: Float32Array, width: number) =>
    Float32Array.from({ length: (values.length / width) * columns.length }, (_, i) => {
      const row = Math.floor(i / columns.length);
      return values[row * width + columns[i % columns.length]!]!;
    });
  const [encoding, logits] = [boxes.weights, known];
  const width = known.classes * anchors;
  return joinReadouts(
    {
      kernel: await watch.read(encoding.kernel),
      bias: await watch.read(encoding.bias),
      outputs: encoding.bias.size,
    },
    {
      kernel: chosen(await watch.read(logits.kernel), width),
      bias: chosen(await watch.read(logits.bias), width),
      outputs: columns.length,
    },
  );
}

/** One linear map with the outputs of two. */
export function joinReadouts(a: PlaceReadout, b: PlaceReadout): PlaceReadout {
  const rows = a.kernel.length / a.outputs;
  const outputs = a.outputs + b.outputs;
  const kernel = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    kernel.set(a.kernel.subarray(row * a.outputs, (row + 1) * a.outputs), row * outputs);
    kernel.set(
      b.kernel.subarray(row * b.outputs, (row + 1) * b.outputs),
      row * outputs + a.outputs,
    );
  }
  const bias = new Float32Array(outputs);
  if (a.bias) bias.set(a.bias);
  if (b.bias) bias.set(b.bias, a.outputs);
  return { kernel, bias, outputs };
}

/**
 * What `BoxPredictor.outputs` gives, from the places of a readout.
 *
 * @param places `[places, width]`
 * @param from the column where the outputs of `boxReadout` begin; they are the last ones
 * @returns `[places, anchors, BOX_OUTPUTS]`
 */
export function boxOutputsFrom(
  places: Float32Array,
  width: number,
  from: number,
  { spec: { anchors } }: BoxPredictor,
): Float32Array {
  const count = anchors.length;
  const logitsFrom = from + COORDINATES * count;
  const outputs = new Float32Array((places.length / width) * count * BOX_OUTPUTS);
  for (let row = 0; row < outputs.length / BOX_OUTPUTS; row++) {
    const [anchor, place] = [row % count, Math.floor(row / count) * width];
    const at = place + from + COORDINATES * anchor;
    outputs.set(places.subarray(at, at + COORDINATES), BOX_OUTPUTS * row);
    let largest = -Infinity;
    for (let column = logitsFrom + anchor; column < width; column += count) {
      largest = Math.max(largest, places[place + column]!);
    }
    outputs[BOX_OUTPUTS * row + COORDINATES] = largest;
  }
  return outputs;
}

import type { GoldenBoxes, KnownBoxes } from '../../../src/records/known-classes.ts';
import { sha256 } from '../../../src/platform/sha256.ts';
import { predictorTensors } from './predictor-tensors.ts';
import type { Float16Tensor } from './tflite.ts';

const PREDICTOR = 'BoxPredictor_1/BoxEncodingPredictor';

/** Side of the detector's input in pixels. */
const INPUT = 300;

/**
 * The anchors of the second of six feature maps, by the options of `SsdAnchorsCalculator` in the
 * graph inside the package's wasm: scales from 0.2 to 0.95 of the input, aspect ratios 1, 2, 1/2, 3
 * and 1/3; and one more square, of the geometric mean of this scale and the next.
 */
const SCALE = 0.2 + (0.95 - 0.2) / 5;
const NEXT_SCALE = 0.2 + (2 * (0.95 - 0.2)) / 5;
const ANCHORS = [
  ...[1, 2, 0.5, 3, 1 / 3].map((ratio) => anchor(SCALE, ratio)),
  anchor(Math.sqrt(SCALE * NEXT_SCALE), 1),
];

/**
 * Encodings at the place in row 1 and column 2, computed in float64 by a separate NumPy forward pass
 * over the detector's tensors.
 */
const GOLDEN: readonly GoldenBoxes[] = [
  {
    size: 160,
    tolerance: 0.001,
    place: 7,
    encodings: [
      1.203966, -0.356766, 1.206341, 1.603242, 0.393679, -0.536364, 1.828679, 0.338463, 0.794901,
      0.936848, 0.040456, 1.963526, -0.563969, -0.451237, 1.684124, -0.517073, 0.67362, 1.3584,
      -0.479987, 1.730504, 1.499528, -0.640201, 1.155813, 1.454646,
    ],
  },
  {
    size: 224,
    tolerance: 0.001,
    place: 9,
    encodings: [
      -0.207274, -0.689985, -0.086807, 1.652415, -0.797418, 0.426082, 0.639363, 1.194466, 0.01825,
      -1.016484, -0.476449, 1.08754, -1.149598, 0.529825, 1.000568, 0.569438, 0.369609, -0.231077,
      -0.60677, 0.95671, 0.057473, -0.073893, -0.200601, 1.785081,
    ],
  },
];

/**
 * The detector's box predictor on the last feature map of its MobileNetV2.
 *
 * @param tensors of the detector
 * @throws Problem `base` if a tensor is missing or has another shape
 */
export async function detectorKnownBoxes(
  tensors: readonly Float16Tensor[],
  featureLength: number,
): Promise<{ spec: KnownBoxes; bytes: Uint8Array }> {
  const outputs = 4 * ANCHORS.length;
  const { kernel, bias } = predictorTensors(tensors, PREDICTOR, outputs, featureLength);
  const halves = new Uint16Array(outputs * (featureLength + 1));
  halves.set(kernel.data);
  halves.set(bias.data, kernel.data.length);
  const bytes = new Uint8Array(halves.buffer);
  return {
    bytes,
    spec: {
      anchors: ANCHORS,
      // `x_scale`, `y_scale`, `w_scale` and `h_scale` of `TensorsToDetectionsCalculator` there.
      scales: { centre: 10, size: 5 },
      file: { path: 'known-boxes.bin', bytes: bytes.length, sha256: await sha256(bytes) },
      golden: GOLDEN,
    },
  };
}

/** @param ratio of width to height */
function anchor(scale: number, ratio: number): KnownBoxes['anchors'][number] {
  const pixels = (value: number) => Math.round(1000 * INPUT * value) / 1000;
  return { width: pixels(scale * Math.sqrt(ratio)), height: pixels(scale / Math.sqrt(ratio)) };
}

import type { KnownClass } from '../../../src/records/known-classes.ts';
import { sha256 } from '../../../src/platform/sha256.ts';
import { Problem } from '../../../src/platform/problem.ts';
import type { MadeKnownClasses } from '../made-base.ts';
import { KNOWN_CLASS_GOLDEN } from './known-classes-golden.ts';
import { KNOWN_CLASS_NAMES } from './known-class-names.ts';
import { detectorKnownBoxes } from './known-boxes.ts';
import { predictorTensors } from './predictor-tensors.ts';
import type { Float16Tensor } from './tflite.ts';

/** Anchors at each place of the map that MobileNetV2 ends in. */
const ANCHORS = 6;

const PREDICTOR = 'BoxPredictor_1/ClassPredictor';

/** Labels of animals. */
const ANIMALS = ['cat', 'cattle', 'dog'];

/**
 * 95 % of the 600 training photos of cats and dogs of the benchmark (docs/learning.md) have at least
 * this logit for their own class.
 */
const PRESENT = [
  { size: 160, from: 2.51 },
  { size: 224, from: 1.42 },
];

/**
 * The detector's class and box predictors on the last feature map of its MobileNetV2: what the base
 * knows without any training.
 *
 * @param tensors of the detector
 * @param labels contents of the detector's label map, one label a line; the first is the background
 * @throws Problem `base` if a tensor is missing or has another shape, or a label is unknown
 */
export async function detectorKnownClasses(
  tensors: readonly Float16Tensor[],
  labels: string,
  featureLength: number,
): Promise<MadeKnownClasses> {
  const [, ...names] = labels.split('\n').filter((line) => line !== '');
  const classes = names.map(knownClass);
  const outputs = names.length + 1;
  const { kernel, bias } = predictorTensors(tensors, PREDICTOR, ANCHORS * outputs, featureLength);
  // In the detector, the classes of an anchor are adjacent; here, the anchors of a class.
  const rows = classes.flatMap((_, index) =>
    Array.from({ length: ANCHORS }, (__, anchor) => anchor * outputs + index + 1),
  );
  const halves = new Uint16Array(rows.length * (featureLength + 1));
  rows.forEach((row, at) => {
    const values = kernel.data.subarray(row * featureLength, (row + 1) * featureLength);
    halves.set(values, at * featureLength);
    halves[rows.length * featureLength + at] = bias.data[row]!;
  });
  const bytes = new Uint8Array(halves.buffer);
  const boxes = await detectorKnownBoxes(tensors, featureLength);
  return {
    bytes,
    boxBytes: boxes.bytes,
    spec: {
      classes,
      anchors: ANCHORS,
      pooling: 'log-sum-exp',
      present: PRESENT,
      file: { path: 'known-classes.bin', bytes: bytes.length, sha256: await sha256(bytes) },
      golden: KNOWN_CLASS_GOLDEN,
      boxes: boxes.spec,
    },
  };
}

function knownClass(label: string): KnownClass {
  const id = label.toLowerCase();
  const names = KNOWN_CLASS_NAMES[id];
  if (!names) throw new Problem('base', `The detector's label “${label}” is not translated.`);
  return { id, names, ...(ANIMALS.includes(id) && { animal: true }) };
}

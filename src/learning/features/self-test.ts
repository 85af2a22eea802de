import { msg, str } from '../../i18n/msg.ts';
import {
  boxDifference,
  furtherDifference,
  goldenBatch,
  goldenDifference,
} from '../network/golden-check.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { VARIANTS } from '../input/variants.ts';
import { Problem } from '../../platform/problem.ts';
import { BOX_OUTPUTS, COORDINATES } from './box-readout.ts';
import type { FeatureExtractor } from './feature-extractor.ts';
import { classCount } from './known-readout.ts';

/**
 * One picture per variant of a new photo: the shaders compiled for the test then serve the photos
 * too.
 */
export const SELF_TEST_BATCH = VARIANTS.length;

/**
 * Runs the golden picture through the base and compares the features with reference values that
 * other code computed. This finds a GPU driver that gives wrong numbers before a head is trained on
 * them.
 *
 * @returns the largest absolute difference
 * @throws Problem `self-test` if the difference exceeds the tolerance of the golden features; `base`
 *   if the base has none at this input size; `gpu`
 */
export async function selfTest(extractor: FeatureExtractor, watch: DeviceWatch): Promise<number> {
  const golden = extractor.spec.golden.find(({ size }) => size === extractor.inputSize);
  if (!golden) {
    const { spec, inputSize } = extractor;
    throw new Problem(
      'base',
      msg(str`“${spec.name}” has no golden features at ${inputSize} pixels.`),
    );
  }
  const { size } = golden;
  const values = await extractor.readOutputs(goldenBatch(size, SELF_TEST_BATCH), watch);
  const length = values.length / SELF_TEST_BATCH;
  const furtherAt = length - (extractor.further?.length ?? 0);
  const features = furtherAt - (extractor.known ? classCount(extractor.known) : 0);
  const rows = Array.from({ length: SELF_TEST_BATCH }, (_, row) =>
    values.slice(row * length, (row + 1) * length),
  );
  const difference = Math.max(
    ...rows.map((row) => goldenDifference(row.subarray(0, features), golden)),
  );
  const known = extractor.spec.knows?.golden.find((each) => each.size === size);
  const isKnownRight = (row: Float32Array) =>
    !known ||
    row
      .subarray(features, furtherAt)
      .every((logit, i) => Math.abs(logit - known.logits[i]!) <= known.tolerance);
  const further = extractor.spec.further?.golden.find((each) => each.size === size);
  const isFurtherRight = (row: Float32Array) =>
    !extractor.further ||
    (further && furtherDifference(row.subarray(furtherAt), further) <= further.tolerance);
  const isRight =
    rows.every(isKnownRight) &&
    rows.every(isFurtherRight) &&
    (await areBoxesRight(extractor, watch));
  if (difference > golden.tolerance || !isRight) {
    throw new Problem(
      'self-test',
      msg('This device computes wrong numbers with this backend, so it is not used.'),
      { cause: `difference ${difference}, tolerance ${golden.tolerance}` },
    );
  }
  return difference;
}

/** Whether the boxes of the golden picture are as they should be; true for a base without any. */
async function areBoxesRight(extractor: FeatureExtractor, watch: DeviceWatch): Promise<boolean> {
  const { boxes, inputSize: size } = extractor;
  const golden = boxes?.spec.golden.find((each) => each.size === size);
  if (!golden) return true;
  const read = await extractor.readBoxes(goldenBatch(size, 1), [0], watch);
  const encodings = read!.values.filter((_, i) => i % BOX_OUTPUTS < COORDINATES);
  return boxDifference(encodings, golden) <= golden.tolerance;
}

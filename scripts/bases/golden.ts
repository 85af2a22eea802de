import type { Rank, Tensor } from '@tensorflow/tfjs-core';
import {
  boxDifference,
  furtherDifference,
  goldenDifference,
} from '../../src/learning/network/golden-check.ts';
import type { GoldenFeatures } from '../../src/records/base-spec.ts';
import type { GoldenFurther } from '../../src/records/further-features.ts';
import { Problem } from '../../src/platform/problem.ts';
import type { BaseGolden } from './base-folder.ts';
import type { MadeBase, MadeKnownClasses, Say } from './made-base.ts';
import type { ReferenceNetwork } from './reference-network.ts';

/**
 * Maximum change of the feature vector by float16, relative to its length. It is rounding and not
 * an error, so it may be larger than the differences between backends: for MobileNetV2 trained on
 * ImageNet, 0.6% was measured at alpha 1.00 and 0.3% at 0.35.
 */
const ROUNDING = 0.02;
/** The largest absolute difference allowed in further features. */
const FURTHER_TOLERANCE = 1e-3;

/**
 * Runs a base on a backend of TensorFlow.js that needs no GPU, and either checks its golden features
 * or computes them.
 *
 * @returns golden features for each input size, and golden further features if the base gives any
 * @throws Problem `base` if the base computes wrong features
 */
export async function goldenOf(base: MadeBase, say: Say): Promise<BaseGolden> {
  // Imported here, so that TensorFlow.js is not loaded for a base that is already written.
  const [{ referenceNetwork }, { goldenFrom }] = await Promise.all([
    import('./reference-network.ts'),
    import('../../src/learning/bases/own/reference-features.ts'),
  ]);
  const network = await referenceNetwork(base.spec, base.files);
  if (base.golden) {
    for (const golden of base.golden) await check(base, golden, network, say);
    await checkKnowledge(base, network, say);
    return { golden: base.golden, ...(await furtherGolden(base, network, say)) };
  }
  const golden: GoldenFeatures[] = [];
  for (const size of base.spec.inputSizes) {
    const features = await network.features(size);
    if (features.length !== base.spec.featureLength) {
      throw new Problem(
        'base',
        `“${base.spec.name}” gives ${features.length} features at ${size} pixels, not ${base.spec.featureLength}.`,
      );
    }
    golden.push(goldenFrom(features, size));
  }
  if (base.unrounded) {
    const size = base.spec.inputSizes[0]!;
    const exact = await referenceNetwork(base.spec, base.unrounded);
    checkRounding(await network.features(size), await exact.features(size), base, say);
  }
  await checkKnowledge(base, network, say);
  return { golden, ...(await furtherGolden(base, network, say)) };
}

/** Checks the golden further features of a base, or computes them. */
async function furtherGolden(
  { spec, further }: MadeBase,
  network: ReferenceNetwork,
  say: Say,
): Promise<Pick<BaseGolden, 'further'>> {
  if (!further) return {};
  const computed: GoldenFurther[] = [];
  for (const size of spec.inputSizes) {
    const means = await network.layerMean(size, further.layer);
    const values = Array.from(means, (mean) => mean * further.scale);
    computed.push({ size, tolerance: FURTHER_TOLERANCE, values });
    const golden = further.golden?.find((each) => each.size === size);
    if (values.length !== further.length || (further.golden && !golden)) {
      throw new Problem('base', `“${spec.name}” gives ${values.length} further features.`);
    }
    if (!golden) continue;
    const difference = furtherDifference(values, golden);
    const figures = `${short(difference)} at ${size} px, ${short(golden.tolerance)} is allowed`;
    if (!(difference <= golden.tolerance)) {
      throw new Problem('base', `“${spec.name}” does not give its further features: ${figures}.`);
    }
    say(`differs from its further golden features by ${figures}`);
  }
  return { further: further.golden ?? computed };
}

async function check(base: MadeBase, golden: GoldenFeatures, network: ReferenceNetwork, say: Say) {
  const difference = goldenDifference(await network.features(golden.size), golden);
  const figures = `${short(difference)} at ${golden.size} px, ${short(golden.tolerance)} is allowed`;
  if (!(difference <= golden.tolerance)) {
    throw new Problem('base', `“${base.spec.name}” does not give its golden features: ${figures}.`);
  }
  say(`differs from its golden features by ${figures}`);
}

async function checkKnowledge(base: MadeBase, network: ReferenceNetwork, say: Say): Promise<void> {
  if (!base.knows) return;
  await checkKnownClasses(base, base.knows, network, say);
  await checkKnownBoxes(base, base.knows, network, say);
}

async function checkKnownClasses(
  { spec }: MadeBase,
  { spec: knows, bytes }: MadeKnownClasses,
  network: ReferenceNetwork,
  say: Say,
): Promise<void> {
  const [{ KnownClassPredictor }, { readKnown }] = await Promise.all([
    import('../../src/learning/head/known-class-predictor.ts'),
    import('../../src/learning/features/known-readout.ts'),
  ]);
  const known = readKnown(knows, spec.featureLength, new Uint8Array(bytes).buffer);
  const predictor = new KnownClassPredictor(known);
  for (const { size, tolerance, logits } of knows.golden) {
    const computed = await network.output(size, (map) => predictor.logits(map));
    const difference = Math.max(...logits.map((logit, i) => Math.abs(computed[i]! - logit)));
    const figures = `${short(difference)} at ${size} px, ${short(tolerance)} is allowed`;
    if (!(difference <= tolerance)) {
      throw new Problem('base', `“${spec.name}” does not name its golden classes: ${figures}.`);
    }
    say(`${logits.length} known classes differ from their golden logits by ${figures}`);
  }
  predictor.dispose();
}

async function checkKnownBoxes(
  { spec }: MadeBase,
  { spec: { boxes }, boxBytes }: MadeKnownClasses,
  network: ReferenceNetwork,
  say: Say,
): Promise<void> {
  if (!boxes || !boxBytes) return;
  const [tf, { readBoxPredictor }] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('../../src/learning/features/box-readout.ts'),
  ]);
  const bytes = new Uint8Array(boxBytes).buffer;
  const { encodings } = readBoxPredictor(boxes, spec.featureLength, bytes);
  const { kernel, bias = 0, outputs } = encodings;
  const encode = (map: Tensor) => {
    const rows = tf.reshape<Rank.R2>(map, [-1, spec.featureLength]);
    return tf.add(tf.matMul(rows, tf.tensor2d(kernel, [spec.featureLength, outputs])), bias);
  };
  for (const golden of boxes.golden) {
    const all = await network.output(golden.size, encode);
    const difference = boxDifference(all, golden);
    const figures = `${short(difference)} at ${golden.size} px, ${short(golden.tolerance)} is allowed`;
    if (!(difference <= golden.tolerance)) {
      throw new Problem('base', `“${spec.name}” does not give its golden boxes: ${figures}.`);
    }
    say(`boxes differ from their golden encodings by ${figures}`);
  }
}

function checkRounding(rounded: Float32Array, exact: Float32Array, base: MadeBase, say: Say): void {
  const change = Math.hypot(...exact.map((value, i) => value - rounded[i]!)) / Math.hypot(...exact);
  const figures = `${percent(change)} of its length, ${percent(ROUNDING)} is allowed`;
  if (!(change <= ROUNDING)) {
    throw new Problem('base', `float16 moves the features of “${base.spec.name}” by ${figures}.`);
  }
  say(`storing kernels as float16 moves the feature vector by ${figures}`);
}

function short(value: number): string {
  return value.toExponential(1);
}

function percent(fraction: number): string {
  return `${(fraction * 100).toPrecision(2)}%`;
}

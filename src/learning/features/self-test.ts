import * as tf from '@tensorflow/tfjs-core';
import { goldenDifference } from '../base/golden-check.ts';
import { goldenPicture } from '../base/golden-picture.ts';
import type { GpuWatch } from '../backend/gpu-watch.ts';
import { Problem } from '../../problem.ts';
import type { FeatureExtractor } from './feature-extractor.ts';

/**
 * Runs the golden picture through the base and compares with figures that other code computed:
 * a GPU driver that gives wrong numbers is found before anything is learned from it.
 *
 * @returns the largest absolute difference
 * @throws Problem `self-test` when it is beyond the golden's tolerance
 */
export async function selfTest(extractor: FeatureExtractor, gpu?: GpuWatch): Promise<number> {
  const golden = extractor.spec.golden.find(({ size }) => size === extractor.inputSize);
  if (!golden) {
    throw new Problem(
      'self-test',
      `“${extractor.spec.name}” has no golden features at ${extractor.inputSize} pixels.`,
    );
  }
  const { size } = golden;
  const features = tf.tidy(() =>
    extractor.extract(tf.tensor4d(goldenPicture(size), [1, size, size, 3], 'int32')),
  );
  try {
    const difference = goldenDifference(await features.data(), golden);
    gpu?.assertHealthy();
    if (difference > golden.tolerance) {
      throw new Problem(
        'self-test',
        'This device computes wrong numbers with this backend, so it is not used.',
        { cause: `difference ${difference}, tolerance ${golden.tolerance}` },
      );
    }
    return difference;
  } finally {
    features.dispose();
  }
}

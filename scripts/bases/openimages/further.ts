import type { FurtherFeatures, GoldenFurther } from '../../../src/records/further-features.ts';

/**
 * The further features of the `openimages` base: the mean of the first map of 28 x 28 places. See
 * docs/learning.md for how the layer was chosen. The scale is the square root of the ratio of the two
 * spreads (mean squared distances from the mean) over 450 photos of cats, 1.29, and 450 of dogs, 1.25,
 * at 224 px. The golden values are computed in float64 by a separate NumPy forward pass over the weights of the base.
 */
export const OPENIMAGES_FURTHER: FurtherFeatures & { readonly golden: readonly GoldenFurther[] } = {
  layer: 'block_3_project_BN',
  length: 32,
  scale: 1.25,
  golden: [
    {
      size: 160,
      tolerance: 0.001,
      values: [
        0.216644, 7.618087, -4.818349, -1.785905, -2.602459, -4.322226, 4.021517, 6.626503, 1.06546,
        -0.143152, 3.050822, 2.4428, 7.327112, 2.445559, -3.958835, 1.887085, -0.271364, -3.98567,
        8.04201, -4.845509, 0.28102, -1.684429, 0.036593, 3.664979, 2.95518, 0.906204, -1.976957,
        -4.147126, -3.075135, 4.691607, -2.052171, 2.126642,
      ],
    },
    {
      size: 224,
      tolerance: 0.001,
      values: [
        0.198358, 7.68447, -4.916972, -1.704355, -2.650069, -4.420497, 4.119858, 6.619972, 1.027832,
        -0.095699, 3.04884, 2.419925, 7.349151, 2.63041, -4.025202, 1.887845, -0.23735, -3.993091,
        8.031068, -4.982933, 0.317367, -1.638579, -0.006989, 3.774514, 2.988018, 0.848923,
        -1.975968, -4.136606, -3.118972, 4.798644, -1.992808, 2.033109,
      ],
    },
  ],
};

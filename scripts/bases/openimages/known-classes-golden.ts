import type { GoldenKnownLogits } from '../../../src/records/known-classes.ts';

/**
 * Logits of the 23 known classes for the golden picture, in the order of the label map: computed in
 * float64 by plain loops over the detector's tensors in their own layout, from the unfused layers'
 * feature map.
 */
export const KNOWN_CLASS_GOLDEN: readonly GoldenKnownLogits[] = [
  {
    size: 160,
    tolerance: 0.001,
    logits: [
      -0.012004, -0.601929, 0.035042, 0.693292, 0.274502, -0.809655, -0.124673, -0.414508,
      -1.027078, -0.002787, -0.046027, -0.783488, -0.598698, -0.679071, 0.460586, -0.011926,
      -0.539786, 0.157428, -0.340287, -0.448225, -0.195492, -0.420698, 0.74136,
    ],
  },
  {
    size: 224,
    tolerance: 0.001,
    logits: [
      0.106439, -0.207066, 0.335894, 0.883485, 0.756982, -0.352718, 0.137957, 0.030428, -0.395807,
      0.124846, 0.197086, -0.382493, -0.197303, -0.258216, 0.671198, 0.316747, -0.140133, 0.335802,
      -0.019848, -0.045522, 0.029339, -0.144726, 0.630035,
    ],
  },
];

import { BASE_BYTES } from '../../records/base-spec.ts';

/**
 * The limits for a model that the user adds. A phone holds it three times in memory while checking
 * it.
 */
export const LIMITS = {
  /**
   * Bytes of model.json; EfficientNetV2-L has about 1 MB, graphs of TensorFlow Hub have up to 3 MB.
   */
  modelJson: BASE_BYTES.modelJson,
  /** Nesting depth of its JSON; a model has about 20, nested models have more. */
  depth: 64,
  /** Number of weights files. */
  files: 200,
  /** Bytes of all weights files together. */
  bytes: BASE_BYTES.weights,
  /** Number of parameters; ResNet50 has 25.6 million. */
  parameters: 30e6,
  featureLength: 4096,
  /** Side of the input in pixels. */
  smallestInput: 16,
  largestInput: 512,
} as const;

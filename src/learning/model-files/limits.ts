import { BASE_BYTES } from '../../records/base-spec.ts';

/** What a model may be, at most. A phone must hold it three times over while it is checked. */
export const LIMITS = {
  /** Bytes of model.json; EfficientNetV2-L has about 1 MB, graphs of TensorFlow Hub up to 3. */
  modelJson: BASE_BYTES.modelJson,
  /** Depth of its JSON: 20 for a model, more for models within models. */
  depth: 64,
  files: 200,
  bytes: BASE_BYTES.weights,
  /** Numbers in its weights; ResNet50 has 25.6 million. */
  parameters: 30e6,
  featureLength: 4096,
  smallestInput: 16,
  largestInput: 512,
} as const;

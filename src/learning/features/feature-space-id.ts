/**
 * Feature space ids. Features with equal ids are comparable, because the same base, input size and
 * weights computed them. An id starts with the base's id and `@`. Boundary activations and the
 * features of fine-tuned models have a suffix, by which they are found and deleted.
 */

/**
 * `boundary`: activations where fine-tuning cuts the base; `tuned`: features of a fine-tuned model.
 */
type SpaceKind = 'base' | 'boundary' | 'tuned';

const BOUNDARY_MARK = '#';
const TUNED_MARK = '+';

/**
 * The id for boundary activations.
 *
 * @param layer Keras name of the layer whose activations are stored
 */
export function boundarySpaceId(baseSpaceId: string, layer: string): string {
  return baseSpaceId + BOUNDARY_MARK + layer;
}

/** The id for the features of a fine-tuned model. */
export function tunedSpaceId(baseSpaceId: string, modelId: string): string {
  return baseSpaceId + TUNED_MARK + modelId;
}

/** What kind of features an id stands for. */
export function kindOfSpace(featureSpaceId: string): SpaceKind {
  if (featureSpaceId.includes(BOUNDARY_MARK)) return 'boundary';
  return featureSpaceId.includes(TUNED_MARK) ? 'tuned' : 'base';
}

/** Whether a base computed the features, at any input size and with any weights. */
export function isSpaceOfBase(featureSpaceId: string, baseId: string): boolean {
  return featureSpaceId.startsWith(`${baseId}@`);
}

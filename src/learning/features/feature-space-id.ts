/**
 * Feature space ids. Equal ids mean that features are comparable: the same base, input size and
 * weights computed them. An id starts with `BASE@`; features that are derived from a base's network
 * have a suffix, by which they are found and deleted.
 */

/** `boundary`: activations where fine-tuning cuts the base; `tuned`: features of a fine-tuned model. */
type SpaceKind = 'base' | 'boundary' | 'tuned';

const BOUNDARY_MARK = '#';
const TUNED_MARK = '+';

/** @param layer the layer of the base whose activations are stored */
export function boundarySpaceId(baseSpaceId: string, layer: string): string {
  return baseSpaceId + BOUNDARY_MARK + layer;
}

export function tunedSpaceId(baseSpaceId: string, modelId: string): string {
  return baseSpaceId + TUNED_MARK + modelId;
}

export function kindOfSpace(featureSpaceId: string): SpaceKind {
  if (featureSpaceId.includes(BOUNDARY_MARK)) return 'boundary';
  return featureSpaceId.includes(TUNED_MARK) ? 'tuned' : 'base';
}

/** Whether a base computed the features, at whatever input size and with whatever weights. */
export function isSpaceOfBase(featureSpaceId: string, baseId: string): boolean {
  return featureSpaceId.startsWith(`${baseId}@`);
}

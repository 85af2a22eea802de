import { VARIANTS } from '../input/variants.ts';
import { deleteFeatures, storedFeatureSpaceIds, storedVariants } from './feature-store.ts';
import { isSpaceOfBase, kindOfSpace } from './feature-space-id.ts';

/**
 * Deletes the features that only a running training needs, of which there is one at a time: the
 * boundary activations of every base and layer, and the features of random augmentations.
 */
export async function deleteTemporaryFeatures(): Promise<void> {
  await deleteSpaces((id) => kindOfSpace(id) === 'boundary');
  for (const id of await storedFeatureSpaceIds()) {
    const stored = [...(await storedVariants(id)).values()].flatMap((variants) => [...variants]);
    const temporary = new Set(stored.filter((variant) => !VARIANTS.includes(variant)));
    if (temporary.size > 0) await deleteFeatures(id, [...temporary]);
  }
}

/** Deletes the features of every fine-tuned model, except those of the space `kept`. */
export async function deleteTunedFeatures(kept?: string): Promise<void> {
  await deleteSpaces((id) => kindOfSpace(id) === 'tuned' && id !== kept);
}

/** Deletes all features that a base computed, at whatever input size and with whatever weights. */
export async function deleteFeaturesOfBase(baseId: string): Promise<void> {
  await deleteSpaces((id) => isSpaceOfBase(id, baseId));
}

async function deleteSpaces(isStale: (featureSpaceId: string) => boolean): Promise<void> {
  for (const id of await storedFeatureSpaceIds()) if (isStale(id)) await deleteFeatures(id);
}

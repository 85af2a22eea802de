import { VARIANTS } from '../input/variants.ts';
import { deleteFeatures, storedFeatureSpaceIds, storedVariants } from './feature-store.ts';
import { isSpaceOfBase, kindOfSpace } from './feature-space-id.ts';

/**
 * Deletes the features that only a running training needs: the boundary activations of every base
 * and layer, and the features of random augmentations. Only one training runs at a time, so nothing
 * else needs them.
 */
export async function deleteTemporaryFeatures(): Promise<void> {
  await deleteSpaces((id) => kindOfSpace(id) === 'boundary');
  for (const id of await storedFeatureSpaceIds()) {
    const stored = [...(await storedVariants(id)).values()].flatMap((variants) => [...variants]);
    const temporary = new Set(stored.filter((variant) => !VARIANTS.includes(variant)));
    if (temporary.size > 0) await deleteFeatures(id, [...temporary]);
  }
}

/**
 * Deletes the features of all fine-tuned models.
 *
 * @param exceptId the feature space that stays
 */
export async function deleteTunedFeatures(exceptId?: string): Promise<void> {
  await deleteSpaces((id) => kindOfSpace(id) === 'tuned' && id !== exceptId);
}

/** Deletes all features that a base computed, at any input size and with any weights. */
export async function deleteFeaturesOfBase(baseId: string): Promise<void> {
  await deleteSpaces((id) => isSpaceOfBase(id, baseId));
}

async function deleteSpaces(isStale: (featureSpaceId: string) => boolean): Promise<void> {
  for (const id of await storedFeatureSpaceIds()) if (isStale(id)) await deleteFeatures(id);
}

import { VARIANTS } from '../input/variants.ts';
import { deleteFeatures, storedSpaces, storedVariants } from './feature-store.ts';

/** Between the name of a base's space and the layer whose activations are kept under it. */
export const BOUNDARY_MARK = '#';
/** Between the name of a base's space and the fine-tuned model that has a space of its own. */
export const TUNED_MARK = '+';

/**
 * Forgets what only a training under way needs, of which there is one at a time: the boundary
 * activations of every base and layer, and the features of the random augmentations.
 */
export async function forgetInterim(): Promise<void> {
  await forget((stored) => stored.includes(BOUNDARY_MARK));
  for (const space of await storedSpaces()) {
    const stored = [...(await storedVariants(space)).values()].flatMap((variants) => [...variants]);
    const interim = new Set(stored.filter((variant) => !VARIANTS.includes(variant)));
    if (interim.size > 0) await deleteFeatures(space, [...interim]);
  }
}

/** Forgets the features of every fine-tuned model but one; of all of them unless told. */
export async function forgetTuned(except?: string): Promise<void> {
  await forget((stored) => stored.includes(TUNED_MARK) && stored !== except);
}

/** Forgets all that was computed with a base, whatever its size and weights. */
export async function forgetBase(baseId: string): Promise<void> {
  await forget((stored) => stored.startsWith(`${baseId}@`));
}

async function forget(isStale: (space: string) => boolean): Promise<void> {
  for (const space of await storedSpaces()) if (isStale(space)) await deleteFeatures(space);
}

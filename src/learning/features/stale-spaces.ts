import { deleteFeatures, storedSpaces } from './feature-store.ts';

/** Between the name of a base's space and the layer whose activations are kept under it. */
export const BOUNDARY_MARK = '#';
/** Between the name of a base's space and the fine-tuned model that has a space of its own. */
export const TUNED_MARK = '+';

/** Forgets the boundary activations of every base and layer: there is one training at a time. */
export async function forgetBoundaries(): Promise<void> {
  await forget((stored) => stored.includes(BOUNDARY_MARK));
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

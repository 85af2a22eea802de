import type { Elsewhere } from '../photos/import/found-picture.ts';
import { hrefOfAddModel } from './routes.ts';

/** Fires a `model` event when `takeModelToAdd` has files. */
export const modelsToAdd = new EventTarget();

let pending: readonly File[] | undefined;

/** Opens Models and lets it read a model that was chosen elsewhere. */
export function offerModel(files: Elsewhere['files']): void {
  pending = files.map(({ file }) => file);
  location.hash = hrefOfAddModel();
  modelsToAdd.dispatchEvent(new Event('model'));
}

/** Returns the pending files and clears them. */
export function takeModelToAdd(): readonly File[] | undefined {
  const files = pending;
  pending = undefined;
  return files;
}

/** Fires a `photo` event when `takeAskedPhoto` has a photo. */
export const askedPhotos = new EventTarget();

let pending: Blob | undefined;

/**
 * Opens Live and lets it classify a photo that comes from outside the page, such as the share
 * sheet. The photo is not stored. Live takes it when it is loaded; a newer photo replaces a pending
 * one.
 */
export function askAbout(photo: Blob): void {
  pending = photo;
  location.hash = '#/live';
  askedPhotos.dispatchEvent(new Event('photo'));
}

/** Returns the pending photo and clears it. */
export function takeAskedPhoto(): Blob | undefined {
  const photo = pending;
  pending = undefined;
  return photo;
}

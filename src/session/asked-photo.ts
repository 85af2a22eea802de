/** Says that `takeAskedPhoto` has something. */
export const askedPhotos = new EventTarget();

let waiting: Blob | undefined;

/**
 * Hands a photo to Live, which says what it shows; it is not stored. For what comes from outside of
 * the page, as the share sheet does: Live is opened, and takes the photo when it is there. A newer
 * photo takes the place of one that still waits.
 */
export function askAbout(photo: Blob): void {
  waiting = photo;
  location.hash = '#/live';
  askedPhotos.dispatchEvent(new Event('photo'));
}

/** The photo that waits, once. */
export function takeAskedPhoto(): Blob | undefined {
  const photo = waiting;
  waiting = undefined;
  return photo;
}

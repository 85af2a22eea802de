import type { FoundPicture } from './found-picture.ts';

/** Photos that are taken from each film unless the person chooses another number. */
export const FRAMES_PER_FILM = 20;

const FILM = /\.(mp4|m4v|mov|qt|3gp|3g2|webm|mkv)$/i;
/** The film of a Live Photo, and the photo beside it. */
const LIVE_FILM = /\.(mov|mp4)$/i;
const LIVE_PHOTO = /\.(hei[cf]|jpe?g)$/i;

/** How many of the files are films by their names. The bytes decide when they are imported. */
export function countFilms(found: readonly Pick<FoundPicture, 'name'>[]): number {
  return found.filter(({ name }) => FILM.test(name)).length;
}

/**
 * Leaves out the films of Live Photos: a phone stores one beside the photo, under the same name,
 * and its frames show the same moment.
 */
export function withoutLiveFilms<Found extends Pick<FoundPicture, 'name'>>(
  found: readonly Found[],
): readonly Found[] {
  const photos = new Set(
    found
      .filter(({ name }) => LIVE_PHOTO.test(name))
      .map(({ name }) => name.replace(LIVE_PHOTO, '')),
  );
  return found.filter(
    ({ name }) => !LIVE_FILM.test(name) || !photos.has(name.replace(LIVE_FILM, '')),
  );
}

import type { FoundPicture } from './found-picture.ts';
import { fileType } from './layout/file-type.ts';

/** Photos that are taken from each film unless the person chooses another number. */
export const FRAMES_PER_FILM = 20;

/** How many of the files are films by their names. The bytes decide when they are imported. */
export function countFilms(found: readonly Pick<FoundPicture, 'name'>[]): number {
  return found.filter(({ name }) => fileType(name) === 'film').length;
}

import { photosElsewhere } from './archives/elsewhere.ts';
import { countPhotosFound } from './count-photos.ts';
import { findPictures } from './find-pictures.ts';
import { countFilms } from './found-films.ts';
import type { ChosenFile, Elsewhere } from './found-picture.ts';

/**
 * What files are that were chosen for another purpose, such as to restore a backup, and where they
 * belong; empty if that is not known. It never rejects.
 */
export async function whatElse(chosen: readonly ChosenFile[]): Promise<Elsewhere[]> {
  try {
    const { pictures, elsewhere } = await findPictures(chosen);
    const isPhotos = countPhotosFound(pictures) + countFilms(pictures) > 0;
    return isPhotos ? [...elsewhere, photosElsewhere(chosen)] : [...elsewhere];
  } catch {
    return [];
  }
}

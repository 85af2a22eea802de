import type { FoundPicture } from './found-picture.ts';

const PICTURES = /\.(jpe?g|jfif|pjpeg|png|webp|hei[cf]|avif|gif|bmp|tiff?)$/i;
/** An ending that names a format; of "cat.12" the end is a number. */
const ENDING = /\.[a-z]\w{0,7}$/i;

/**
 * How many of the files that an import found are photos by their names: scripts and lists of labels
 * beside them are not, nor is a file in an unknown format. An import still reads each of them: the
 * bytes decide.
 */
export function countPhotosFound(found: readonly Pick<FoundPicture, 'name'>[]): number {
  return found.filter(({ name }) => PICTURES.test(name) || !ENDING.test(name)).length;
}

import type { FoundPicture } from './found-picture.ts';
import { fileType, hasEnding } from './layout/file-type.ts';

/**
 * How many of the files that an import found are photos by their names: a file in an unknown format
 * is none. An import still reads each of them: the bytes decide.
 */
export function countPhotosFound(found: readonly Pick<FoundPicture, 'name'>[]): number {
  return found.filter(({ name }) => {
    const type = fileType(name);
    return type === 'picture' || (type === 'unknown' && !hasEnding(name));
  }).length;
}

import { isIgnored, pathParts } from '../../../platform/archive/ignored-path.ts';
import { fileType, stemOf } from './file-type.ts';
import { isMarking, isPhotosLibrary, isThumbnails } from './folder-names.ts';

/**
 * What a file is for an import. `picture`: its name says so, or may. `companion`: the person did not
 * choose it, and it is passed over in silence. `other`: no picture; such files are counted.
 */
export type FileRole = 'picture' | 'film' | 'companion' | 'other';

/** @returns one per path */
export function fileRoles(paths: readonly string[]): FileRole[] {
  const roles = paths.map(roleOf);
  const stems = new Set(
    paths.flatMap((path, index) =>
      roles[index] === 'picture' ? [stemOf(path).toLowerCase()] : [],
    ),
  );
  const isCopy = smallCopies(paths, roles);
  const isInMarking = paths.map((path) => pathParts(path).slice(0, -1).some(isMarking));
  const isAllMarking = paths.every((_, index) => roles[index] !== 'picture' || isInMarking[index]);
  return roles.map((role, index): FileRole => {
    // The moving part of a live photo, whose picture is beside it.
    if (role === 'film' && stems.has(stemOf(paths[index]!).toLowerCase())) return 'other';
    if (isCopy(index)) return 'companion';
    return role === 'picture' && isInMarking[index] && !isAllMarking ? 'other' : role;
  });
}

/**
 * Which pictures are small copies of another one, of the same name: in a folder of thumbnails, or
 * derived by Apple's Photos.
 */
function smallCopies(
  paths: readonly string[],
  roles: readonly FileRole[],
): (index: number) => boolean {
  const folders = paths.map((path) => pathParts(path).slice(0, -1));
  const isInThumbnails = folders.map((parts) => parts.some(isThumbnails));
  const nameOf = (index: number) => stemOf(pathParts(paths[index]!).at(-1) ?? '').toLowerCase();
  const originals = new Set(
    [...paths.keys()].filter((i) => roles[i] === 'picture' && !isInThumbnails[i]).map(nameOf),
  );
  return (index) => {
    if (roles[index] !== 'picture') return false;
    if (isInThumbnails[index] && originals.has(nameOf(index))) return true;
    const library = folders[index]!.findIndex(isPhotosLibrary);
    return library >= 0 && !/^(originals|masters)$/i.test(folders[index]![library + 1] ?? '');
  };
}

function roleOf(path: string): FileRole {
  if (isIgnored(path)) return 'companion';
  const type = fileType(pathParts(path).at(-1) ?? '');
  return type === 'unknown' ? 'picture' : type;
}

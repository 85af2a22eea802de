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
  const names = new Set(Array.from(stems, (stem) => pathParts(stem).at(-1) ?? ''));
  const isCopy = smallCopies(paths, roles, stems);
  const isInMarking = paths.map((path) => pathParts(path).slice(0, -1).some(isMarking));
  const isAllMarking = paths.every((_, index) => roles[index] !== 'picture' || isInMarking[index]);
  return roles.map((role, index): FileRole => {
    // The moving part of a live photo, whose picture is beside it.
    if (role === 'film' && stems.has(stemOf(paths[index]!).toLowerCase())) return 'other';
    if (isCopy(index)) return 'companion';
    const isMarked = isMarkingOf(paths[index]!, names) || (isInMarking[index] && !isAllMarking);
    return role === 'picture' && isMarked ? 'other' : role;
  });
}

/** "photo_1_thumb" and WordPress's "photo-1-150x150". */
const SMALL = /[\s._-](?:thumb(?:nail)?|\d{2,4}x\d{2,4})$/i;
/** "cat_1_mask", which marks what "cat_1" shows. Marks are not stored as JPEG, which blurs them. */
const MARKING = /[\s._-](?:mask|trimap|seg(?:mentation)?|matte|labelids|gt)s?$/i;

/** Whether a picture marks what another one of the listing shows. @param names of all pictures */
function isMarkingOf(path: string, names: ReadonlySet<string>): boolean {
  const stem = stemOf(pathParts(path).at(-1) ?? '').toLowerCase();
  const isExact = /\.(png|gif|bmp|tiff?)$/i.test(path);
  return isExact && MARKING.test(stem) && names.has(stem.replace(MARKING, ''));
}

/**
 * Which pictures are small copies of another one: of the same name in a folder of thumbnails, with
 * an addition to the name beside it, or derived by Apple's Photos.
 *
 * @param stems of all pictures: their paths without endings, in lower case
 */
function smallCopies(
  paths: readonly string[],
  roles: readonly FileRole[],
  stems: ReadonlySet<string>,
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
    const stem = stemOf(paths[index]!).toLowerCase();
    if (SMALL.test(stem) && stems.has(stem.replace(SMALL, ''))) return true;
    const library = folders[index]!.findIndex(isPhotosLibrary);
    return library >= 0 && !/^(originals|masters)$/i.test(folders[index]![library + 1] ?? '');
  };
}

function roleOf(path: string): FileRole {
  if (isIgnored(path)) return 'companion';
  const type = fileType(pathParts(path).at(-1) ?? '');
  return type === 'unknown' ? 'picture' : type;
}

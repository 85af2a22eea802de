import { isIgnored, pathParts } from '../../../platform/archive/ignored-path.ts';
import { mapInSteps, type Steps } from '../../../platform/in-steps.ts';
import { fileType, stemOf } from './file-type.ts';
import { isMarking, isPhotosLibrary, isThumbnails } from './folder-names.ts';
import { remembered } from './remembered.ts';

/**
 * What a file is for an import. `picture`: its name says so, or may. `companion`: the person did not
 * choose it, and it is passed over in silence. `other`: no picture; such files are counted.
 */
export type FileRole = 'picture' | 'film' | 'companion' | 'other';

/** @returns one per path */
export function* fileRoles(paths: readonly string[]): Steps<FileRole[]> {
  const files = yield* mapInSteps(paths, readPath);
  const pictures = files.filter(({ role }) => role === 'picture');
  const stems = new Set(pictures.map(({ stem }) => stem));
  const names = new Set(pictures.map(({ name }) => name));
  const isCopy = smallCopies(pictures, stems);
  const isInMarking = remembered((folder) => pathParts(folder).some(isMarking));
  const isAllMarking = pictures.every(({ folder }) => isInMarking(folder));
  return yield* mapInSteps(files, (file): FileRole => {
    const { role, stem, folder } = file;
    // The moving part of a live photo, whose picture is beside it.
    if (role === 'film' && stems.has(stem)) return 'other';
    if (role !== 'picture') return role;
    if (isCopy(file)) return 'companion';
    const isMarked = isMarkingOf(file, names) || (isInMarking(folder) && !isAllMarking);
    return isMarked ? 'other' : role;
  });
}

/** A path of the listing. */
interface PathFacts {
  readonly role: FileRole;
  /** Its folders, as they are. */
  readonly folder: string;
  /** Without its ending, in lower case. */
  readonly stem: string;
  /** The last part of the stem. */
  readonly name: string;
  readonly ending: string;
}

function readPath(path: string): PathFacts {
  const start = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const whole = stemOf(path);
  const stem = whole.toLowerCase();
  const ending = path.slice(whole.length).toLowerCase();
  return {
    role: roleOf(path),
    folder: path.slice(0, start),
    stem,
    name: pathParts(stem).at(-1) ?? '',
    ending,
  };
}

/** "photo_1_thumb" and WordPress's "photo-1-150x150". */
const SMALL = /[\s._-](?:thumb(?:nail)?|\d{2,4}x\d{2,4})$/i;
/** "cat_1_mask", which marks what "cat_1" shows. Marks are not stored as JPEG, which blurs them. */
const MARKING = /[\s._-](?:mask|trimap|seg(?:mentation)?|matte|labelids|gt)s?$/i;

/** Whether a picture marks what another one of the listing shows. @param names of all pictures */
function isMarkingOf({ name, ending }: PathFacts, names: ReadonlySet<string>): boolean {
  const isExact = /^\.(png|gif|bmp|tiff?)$/.test(ending);
  return isExact && MARKING.test(name) && names.has(name.replace(MARKING, ''));
}

/**
 * Which pictures are small copies of another one: of the same name in a folder of thumbnails, with
 * an addition to the name beside it, or derived by Apple's Photos.
 *
 * @param stems of all pictures: their paths without endings, in lower case
 */
function smallCopies(
  pictures: readonly PathFacts[],
  stems: ReadonlySet<string>,
): (picture: PathFacts) => boolean {
  const isInThumbnails = remembered((folder) => pathParts(folder).some(isThumbnails));
  const isDerived = remembered((folder) => {
    const parts = pathParts(folder);
    const library = parts.findIndex(isPhotosLibrary);
    return library >= 0 && !/^(originals|masters)$/i.test(parts[library + 1] ?? '');
  });
  const originals = new Set(
    pictures.filter(({ folder }) => !isInThumbnails(folder)).map(({ name }) => name),
  );
  return ({ folder, name, stem }) => {
    if (isInThumbnails(folder) && originals.has(name)) return true;
    if (SMALL.test(stem) && stems.has(stem.replace(SMALL, ''))) return true;
    return isDerived(folder);
  };
}

function roleOf(path: string): FileRole {
  if (isIgnored(path)) return 'companion';
  const type = fileType(pathParts(path).at(-1) ?? '');
  return type === 'unknown' ? 'picture' : type;
}

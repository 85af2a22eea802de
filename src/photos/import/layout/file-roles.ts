import { isIgnored, pathParts } from '../../../platform/archive/ignored-path.ts';
import { fileType, stemOf } from './file-type.ts';
import { isMarking } from './folder-names.ts';

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
  const isInMarking = paths.map((path) => pathParts(path).slice(0, -1).some(isMarking));
  const isAllMarking = paths.every((_, index) => roles[index] !== 'picture' || isInMarking[index]);
  return roles.map((role, index): FileRole => {
    // The moving part of a live photo, whose picture is beside it.
    if (role === 'film' && stems.has(stemOf(paths[index]!).toLowerCase())) return 'companion';
    return role === 'picture' && isInMarking[index] && !isAllMarking ? 'other' : role;
  });
}

function roleOf(path: string): FileRole {
  if (isIgnored(path)) return 'companion';
  const type = fileType(pathParts(path).at(-1) ?? '');
  return type === 'unknown' ? 'picture' : type;
}

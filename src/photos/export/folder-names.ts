import type { ClassRecord } from '../../records/class.ts';

/** What Windows, macOS or Linux do not allow in a file name, and control characters. */
const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f\u007f]/g;
/** Device names of Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Of code points; far below what any file system allows. */
const MOST_CHARACTERS = 60;

/**
 * A folder name for each class that every file system accepts: the name of the class without what
 * is forbidden. Names that differ only in case, or not at all, get a number.
 *
 * @returns folder names by class id
 */
export function folderNames(
  classes: readonly Pick<ClassRecord, 'id' | 'name'>[],
): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { id, name } of classes) {
    const wanted = safeName(name);
    let unique = wanted;
    for (let n = 2; taken.has(folded(unique)); n++) unique = `${wanted} ${n}`;
    taken.add(folded(unique));
    names.set(id, unique);
  }
  return names;
}

/** A name without what file systems do not allow; never empty, at most 61 characters. */
export function safeName(name: string): string {
  const plain = Array.from(name.normalize('NFC').replace(FORBIDDEN, '_'))
    .slice(0, MOST_CHARACTERS)
    .join('')
    // A name that begins with a dot is hidden; Windows drops dots and spaces at the end.
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (plain === '') return '_';
  return DEVICE.test(plain) ? `_${plain}` : plain;
}

function folded(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('en');
}

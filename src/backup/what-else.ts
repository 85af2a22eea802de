import { msg } from '../i18n/msg.ts';
import { countPhotosFound } from '../photos/import/count-photos.ts';
import { findPictures } from '../photos/import/find-pictures.ts';
import type { BackupSource } from './backup-entries.ts';

/**
 * What a file is that is no backup, and where it belongs, in a localized sentence; empty if that is
 * not known.
 */
export async function whatElse(source: BackupSource): Promise<string> {
  const chosen =
    source instanceof File
      ? [{ file: source, path: source.name }]
      : source instanceof Blob
        ? []
        : source;
  try {
    const { pictures, elsewhere } = await findPictures(chosen);
    const [first] = elsewhere.filter(({ kind }) => kind !== 'backup');
    if (first) return first.sentence;
    if (countPhotosFound(pictures) > 0)
      return msg('It holds photos. They belong in Photos: “Import”.');
  } catch {
    // It is no backup, which is all that is known then.
  }
  return '';
}

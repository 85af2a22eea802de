import { fileType } from '../layout/file-type.ts';

const ARCHIVE = /\.(zip|tm|tar|tgz|tar\.gz|gz|7z|rar|t?bz2|t?xz|zst)$/i;

/** Whether a file of an archive is an archive by its name. */
export function isArchiveName(path: string): boolean {
  return ARCHIVE.test(path);
}

/** Whether a file of an archive may be too large for memory: a film, or another archive. */
export function isLarge(path: string): boolean {
  return fileType(path) === 'film' || isArchiveName(path);
}

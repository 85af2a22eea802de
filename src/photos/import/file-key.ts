import { sha256 } from '../../platform/sha256.ts';

/**
 * Identifies a file without reading it, so that the same folder can be chosen again and only what
 * is new is decoded: a part of the SHA-256 of its path, size and time of the last change.
 *
 * @param path within the chosen folder
 * @param frames the most photos that are taken from it, if it is a film
 * @returns 16 hexadecimal digits; undefined for what is not a file of its own, as in an archive
 */
export async function fileKey(
  path: string,
  file: Blob,
  frames?: number,
): Promise<string | undefined> {
  if (!(file instanceof File)) return undefined;
  const facts = [path, file.size, file.lastModified, ...(frames === undefined ? [] : [frames])];
  return (await sha256(new TextEncoder().encode(facts.join('\n')))).slice(0, 16);
}

import type { ExportedFile } from '../../models/formats/exported-file.ts';

/** The bytes of a file of an export. @throws Error if it is missing */
export function fileOf(files: readonly ExportedFile[], path: string): Uint8Array<ArrayBuffer> {
  const file = files.find((each) => each.path === path);
  if (!file) throw new Error(`${path} is missing`);
  return file.bytes;
}

import { Uint8ArrayReader, ZipWriter } from '../../platform/zip.ts';
import type { ExportedFile } from './exported-file.ts';

/** Packs the files of an export into a zip archive. */
export async function zipFiles(files: readonly ExportedFile[]): Promise<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => void chunks.push(chunk.slice()),
  });
  const zip = new ZipWriter(stream, { extendedTimestamp: false });
  for (const { path, bytes } of files) await zip.add(path, new Uint8ArrayReader(bytes));
  await zip.close();
  return new Blob(chunks).arrayBuffer();
}

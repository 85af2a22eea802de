import { Uint8ArrayReader, ZipWriter } from '../../../platform/zip.ts';
import type { ExportedFile } from '../exported-file.ts';
import type { Program } from '../operations/operation.ts';
import { encodeMetadata } from './encode-metadata.ts';
import { encodeTflite } from './encode-tflite.ts';
import { lowerToTflite } from './lower-to-tflite.ts';
import { LABELS_FILE } from './schema.ts';

/**
 * A TensorFlow Lite model, weights in float16, with the metadata that MediaPipe's tasks read: how
 * pixels are normalised, and the labels. From `image`, `[1, size, size, 3]`, RGB from -1 to 1, to
 * `probabilities`, `[1, classes]`.
 *
 * @throws UnsupportedLayerError
 */
export async function tfliteFiles(program: Program, name: string): Promise<ExportedFile[]> {
  const { input, probabilities, labels } = program;
  const description = 'An image classifier, made with Purrceptron';
  const model = encodeTflite(lowerToTflite(program), {
    ...{ input, output: probabilities, description },
    metadata: encodeMetadata(name, description),
  });
  const lines = new TextEncoder().encode(labels.map((label) => `${label}\n`).join(''));
  const bytes = await withZip(model, LABELS_FILE, lines);
  return [{ path: 'model.tflite', bytes }];
}

/** Appends a zip archive of one stored file to bytes, as TensorFlow Lite's metadata asks. */
async function withZip(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  file: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [bytes];
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => void parts.push(chunk.slice()),
  });
  const zip = new ZipWriter(sink, { level: 0, extendedTimestamp: false, dataDescriptor: false });
  await zip.add(path, new Uint8ArrayReader(file));
  await zip.close();
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

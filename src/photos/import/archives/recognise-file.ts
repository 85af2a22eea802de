import { hasZipEnd, ZIP_END_BYTES } from '../../../platform/archive/zip-signature.ts';
import { HEAD_BYTES, kindOfBytes, type FileKind } from './recognise.ts';

/** Models in one file that the app reads: those that Keras saved, and those of another phone. */
const READ_NAME = /\.(h5|hdf5|keras|purrceptron(?:\.txt)?)$/i;
/** Models whose formats have no signature, or that of another format. */
const MODEL_NAME =
  /\.(h5|hdf5|keras|purrceptron(?:\.txt)?|tflite|onnx|pb|pt|pth|safetensors|mlmodel|caffemodel)$/i;

/** A part of an archive that was split, other than its last one. */
const PART_NAME = /\.(zip\.\d{3}|z\d\d)$/i;

/**
 * What a file is. Its bytes decide; its name only where they are those of no format, and whether a
 * gzip holds a tar is found by unpacking its beginning.
 *
 * @returns `unreadable` for a file that cannot be read: the error is reported when it is read
 */
export async function kindOfFile(file: Blob, name: string): Promise<FileKind> {
  try {
    const head = await beginningOf(file.stream());
    const kind = kindOfBytes(head);
    if (kind === 'gzip') return (await holdsTar(file)) ? 'gzip' : 'archive';
    if (PART_NAME.test(name)) return 'archive';
    if (kind !== 'unknown' && kind !== 'data') return kind;
    // Programs and scripts may be zips that unpack themselves.
    const tail = await file.slice(Math.max(0, file.size - ZIP_END_BYTES)).arrayBuffer();
    if (hasZipEnd(new Uint8Array(tail))) return 'zip';
    return isModelName(name) && kind === 'unknown' ? 'model' : kind;
  } catch {
    return 'unreadable';
  }
}

/** Whether the name is that of a model in one file that the app reads. */
export function isReadModelName(name: string): boolean {
  return READ_NAME.test(name);
}

/** Whether the name is that of a trained model in one file. */
export function isModelName(name: string): boolean {
  return MODEL_NAME.test(name);
}

async function holdsTar(file: Blob): Promise<boolean> {
  try {
    const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip'));
    return kindOfBytes(await beginningOf(unpacked)) === 'tar';
  } catch {
    return false;
  }
}

/**
 * The first bytes of a stream, HEAD_BYTES at most. Chromium takes the stream of a chosen file in half of
 * the time of a slice of it.
 *
 * @throws what the stream throws
 */
async function beginningOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = stream.getReader();
  const head = new Uint8Array(HEAD_BYTES);
  let length = 0;
  try {
    while (length < HEAD_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, HEAD_BYTES - length), length);
      length = Math.min(HEAD_BYTES, length + value.length);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return head.subarray(0, length);
}

import { weightBytes } from '../models/repository.ts';
import { readImageHeader } from '../photos/import/image-header.ts';
import { MAX_SIDE } from './schema-parts.ts';
import type { ModelRecord } from '../records/model.ts';
import type { PhotoRecord } from '../records/photo.ts';

/** The bytes of an entry and their digest. */
export interface HashedBytes {
  readonly bytes: ArrayBuffer;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

// The same checks decide what is written to a backup and what is accepted from one.

/** Maximum size of a photo or of its thumbnail. */
export const MAX_PICTURE_BYTES = 10_000_000;

/** Whether the bytes are those of the photo: a square JPEG of the recorded size. */
export function isPhoto(photo: PhotoRecord, { bytes, sha256 }: HashedBytes): boolean {
  const isIntact = bytes.byteLength === photo.bytes && sha256 === photo.sha256;
  return isIntact && isPicture(bytes) && sideOf(bytes) === photo.size;
}

/** Whether the bytes may be a thumbnail: a square JPEG. */
export function isThumbnail(bytes: ArrayBuffer): boolean {
  return isPicture(bytes) && sideOf(bytes) !== undefined;
}

/** Whether the bytes are the weights of the model, and finite numbers. */
export function areWeights(model: ModelRecord, { bytes, sha256 }: HashedBytes): boolean {
  const isIntact = bytes.byteLength === weightBytes(model.weights) && sha256 === model.sha256;
  return isIntact && new Float32Array(bytes).every(Number.isFinite);
}

function isPicture({ byteLength }: ArrayBuffer): boolean {
  return byteLength <= MAX_PICTURE_BYTES;
}

/** Width and height in pixels of a square JPEG that may be decoded; undefined for anything else. */
function sideOf(bytes: ArrayBuffer): number | undefined {
  const header = readImageHeader(new Uint8Array(bytes));
  const isSquareJpeg = header?.format === 'jpeg' && header.width === header.height;
  return isSquareJpeg && header.width <= MAX_SIDE ? header.width : undefined;
}

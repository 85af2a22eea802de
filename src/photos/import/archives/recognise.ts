import { hasBytes } from '../../../platform/archive/zip-signature.ts';
import { FORMAT_BYTES, formatOf, type FormatKind } from '../headers/formats.ts';

/**
 * What a file is by its bytes: its format or
 *
 * - `json`: a JSON text; it may be a TensorFlow.js model or the table of a backup
 * - `data`: another text, or a document
 * - `unknown`: anything else, such as ONNX, which has no signature
 * - `unreadable`: a file that cannot be read
 */
export type FileKind = FormatKind | 'json' | 'unknown' | 'unreadable';

/** How many of the first bytes `kindOfBytes` looks at: the first header of a tar. */
export const HEAD_BYTES = FORMAT_BYTES;

/** @param head the first HEAD_BYTES bytes of a file, or all of a smaller one */
export function kindOfBytes(head: Uint8Array): FileKind {
  const format = formatOf(head);
  if (format) return format.kind;
  if (isOldTar(head)) return 'tar';
  const text = textOf(head);
  if (text === undefined) return 'unknown';
  return /^\s*[{[]/.test(text) ? 'json' : 'data';
}

/**
 * Whether a header of 512 bytes is one of a tar before POSIX 1988, which has no signature: its
 * checksum is right.
 */
function isOldTar(head: Uint8Array): boolean {
  return head.length >= HEAD_BYTES && head[0] !== 0 && hasTarChecksum(head);
}

/** Whether the checksum of a tar header is right: the sum of its bytes, with spaces in its place. */
export function hasTarChecksum(header: Uint8Array): boolean {
  const stated = parseInt(String.fromCharCode(...header.subarray(148, 156)), 8);
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i]!;
  return sum === stated;
}

/** The bytes as text, if they are text: UTF-8, or UTF-16 with its mark. */
function textOf(head: Uint8Array): string | undefined {
  if (head.length === 0) return undefined;
  const isUtf16 = hasBytes(head, 0, '\xff\xfe') || hasBytes(head, 0, '\xfe\xff');
  if (isUtf16) return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head);
  // A stream, because a character may be cut off at the end.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const text = decoder.decode(head, { stream: true });
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

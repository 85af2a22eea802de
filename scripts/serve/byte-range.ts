/** A part of a file: from the byte `start` up to, but not including, the byte `end`. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The part of a file that a `Range` header requests (RFC 9110, section 14).
 *
 * @param size of the whole file in bytes
 * @returns undefined if the response is the whole file: without a range, or for several ranges,
 *   another unit or a malformed header; `unsatisfiable` if the range contains no byte of the file
 */
export function byteRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  // Without a first byte, the number is the length of a suffix.
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start < end ? { start, end } : 'unsatisfiable';
}

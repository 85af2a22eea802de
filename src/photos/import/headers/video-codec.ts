import { viewOf } from './byte-reader.ts';

/**
 * The codec string of HEVC for a decoder configuration record (ISO/IEC 14496-15, E.3).
 *
 * A still picture declares profile 3, which hardware decoders do not list as supported. Nearly all
 * are compatible with profile 1; then the codec string names profile 1.
 *
 * @throws RangeError if the record has fewer than 13 bytes
 */
export function hevcCodec(record: Uint8Array): string {
  const view = viewOf(record);
  const general = view.getUint8(1);
  const space = ['', 'A', 'B', 'C'][general >> 6]!;
  const tier = general & 0x20 ? 'H' : 'L';
  const compatible = view.getUint32(2);
  const isMain = (compatible & 0x40000000) !== 0;
  const profile = isMain ? 1 : general & 0x1f;
  const constraints = Array.from({ length: 6 }, (_, index) => view.getUint8(6 + index));
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    `hvc1.${space}${profile}`,
    reversedBits(compatible).toString(16).toUpperCase(),
    `${tier}${view.getUint8(12)}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join('.');
}

/**
 * The codec string of AV1 for a configuration record (AV1 in ISOBMFF 1.2, section 5).
 *
 * @throws RangeError if the record has fewer than 3 bytes
 */
export function av1Codec(record: Uint8Array): string {
  const view = viewOf(record);
  const [profileAndLevel, flags] = [view.getUint8(1), view.getUint8(2)];
  const level = String(profileAndLevel & 0x1f).padStart(2, '0');
  const isHigh = (flags & 0x40) !== 0;
  const depth = isHigh ? (flags & 0x20 ? '12' : '10') : '08';
  return `av01.${profileAndLevel >> 5}.${level}${flags & 0x80 ? 'H' : 'M'}.${depth}`;
}

function reversedBits(value: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) reversed = reversed * 2 + ((value >>> bit) & 1);
  return reversed;
}

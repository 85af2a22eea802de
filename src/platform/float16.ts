/**
 * Converts to IEEE 754 binary16, for which Node 20 has no typed array. Rounds to nearest, ties to
 * even; values that are too large become infinite.
 *
 * @returns the 16 bits of each value
 */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, halfBits);
}

/** What newer browsers have: Chrome from 135, Firefox from 129, Safari from 18.2. */
type HalvesConstructor = new (
  buffer: ArrayBufferLike,
  byteOffset: number,
  length: number,
) => ArrayLike<number>;

/** Converts from IEEE 754 binary16. @param halves the 16 bits of each value */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const { Float16Array: Halves } = globalThis as { Float16Array?: HalvesConstructor };
  const values = new Float32Array(halves.length);
  if (Halves) {
    // Twice as fast in Chrome as what converts all at once.
    const native = new Halves(halves.buffer, halves.byteOffset, halves.length);
    for (let i = 0; i < values.length; i++) values[i] = native[i]!;
    return values;
  }
  singles ??= Float32Array.from({ length: 0x10000 }, (_, half) => singleOf(half));
  for (let i = 0; i < values.length; i++) values[i] = singles[halves[i]!]!;
  return values;
}

/** The number of each half, made when the first is asked for. */
let singles: Float32Array | undefined;

function singleOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  // The smallest exponent is shared by subnormal numbers, which have no leading one.
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function halfBits(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // 65,520 and more round to infinity
  if (magnitude < 0x38800000) {
    // Below 2^-14: subnormal, a multiple of 2^-24.
    const exponent = magnitude >>> 23;
    if (exponent < 102) return sign; // below 2^-25
    return sign | roundShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
  }
  // A carry out of the fraction increments the exponent, as it should.
  return sign | roundShift(magnitude - 0x38000000, 13);
}

/** `value / 2^shift`, to nearest, ties to even. */
function roundShift(value: number, shift: number): number {
  const half = 1 << (shift - 1);
  const odd = (value >>> shift) & 1;
  return (value + half - 1 + odd) >>> shift;
}

import { drawSquare, type Picture } from './draw-square.ts';

/** Width and height of the gray picture that is transformed, in pixels. */
const SIDE = 32;
/** Number of bands, and number of bits per band: 8 × 8 low frequencies. */
const BANDS = 8;

/**
 * A perceptual hash of 64 bits, as 8 bands of 8 bits. It differs in only a few bits between two
 * pictures that differ by a little motion, a little light or another JPEG encoding. A band includes
 * its index (`256 * index + bits`), so that a database index over bands finds similar pictures.
 *
 * @param square a square picture
 * @returns the 8 bands, integers from 0 to 2047
 */
export function perceptualHash(square: Picture): number[] {
  const canvas = drawSquare(square, SIDE);
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, SIDE, SIDE);
  const gray = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(4 * i, 4 * i + 3);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
  return hashOfGray(gray);
}

/**
 * The hash of a gray picture `[32, 32]`. Each bit tells whether one of the 8 × 8 lowest frequencies
 * of the discrete cosine transform (DCT-II), without the constant term, is above their median.
 * Source: Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), 3.1.
 */
export function hashOfGray(gray: Float64Array): number[] {
  // The transform of the rows, then of the columns: frequencies 1 to 8 each.
  const rows = new Float64Array(SIDE * BANDS);
  for (let y = 0; y < SIDE; y++) {
    for (let u = 0; u < BANDS; u++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += gray[y * SIDE + x]! * cosine(x, u + 1);
      rows[y * BANDS + u] = sum;
    }
  }
  const low = new Float64Array(BANDS * BANDS);
  for (let v = 0; v < BANDS; v++) {
    for (let u = 0; u < BANDS; u++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += rows[y * BANDS + u]! * cosine(y, v + 1);
      low[v * BANDS + u] = sum;
    }
  }
  const sorted = low.toSorted();
  const median = (sorted[31]! + sorted[32]!) / 2;
  return Array.from({ length: BANDS }, (_, index) => {
    const bits = low
      .subarray(index * BANDS, (index + 1) * BANDS)
      .reduce((all, value) => 2 * all + (value > median ? 1 : 0), 0);
    return 256 * index + bits;
  });
}

/** The Hamming distance of two hashes, 0 to 64. */
export function hashDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, band, index) => sum + ones(band ^ b[index]!), 0);
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}

const COSINES = Float64Array.from({ length: SIDE * (BANDS + 1) }, (_, i) => {
  const frequency = Math.floor(i / SIDE);
  return Math.cos((Math.PI / SIDE) * ((i % SIDE) + 0.5) * frequency);
});

function cosine(position: number, frequency: number): number {
  return COSINES[frequency * SIDE + position]!;
}

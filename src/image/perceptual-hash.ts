import { drawSquare, type Picture } from './draw-square.ts';

/** Side of the gray picture that is transformed, in pixels. */
const SIDE = 32;
/** Bits a band has, and bands a hash has: 8 by 8 low frequencies. */
const BANDS = 8;

/**
 * What a square picture looks like, in 64 bits, as 8 bands of 8: two pictures that differ by a
 * hand's tremble, a little light or a new JPEG differ in a few bits. A band holds its place too
 * (`256 * place + bits`), so that an index over bands finds what is alike.
 *
 * @param square a square picture
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
 * The hash of a gray picture `[32, 32]`: its discrete cosine transform (DCT-II), of which the 8 by 8
 * lowest frequencies without the constant one say, each, whether they lie above the median. Source:
 * Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), 3.1.
 */
export function hashOfGray(gray: Float64Array): number[] {
  // Row by row, then column by column: frequencies 1 to 8 both ways.
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
  return Array.from({ length: BANDS }, (_, place) => {
    const bits = low
      .subarray(place * BANDS, (place + 1) * BANDS)
      .reduce((all, value) => 2 * all + (value > median ? 1 : 0), 0);
    return 256 * place + bits;
  });
}

/** In how many of their 64 bits two hashes differ. */
export function hashDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, band, place) => sum + ones(band ^ b[place]!), 0);
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

function cosine(place: number, frequency: number): number {
  return COSINES[frequency * SIDE + place]!;
}

import { encodePng } from '../../platform/png.ts';
import type { ExportedFile } from './exported-file.ts';

/** A picture that the app drew, and the model's answer to it. */
export interface GoldenVector {
  /** RGB, `[size, size, 3]`, 0 to 255. */
  readonly pixels: Uint8Array;
  /** What the exported model gives, one for each class. */
  readonly probabilities: readonly number[];
  /** What the app itself gives, with the mean over the mirror image. */
  readonly appProbabilities: readonly number[];
  /** Above 1 the app says "not sure"; absent where the training photos are not known. */
  readonly novelty?: number;
}

interface GoldenFacts {
  readonly size: number;
  readonly labels: readonly string[];
  /** Largest difference that is no fault. */
  readonly tolerance: number;
}

/**
 * `golden.json` and its pictures: with them, everybody can check that the model gives the answers
 * that it gave in the app.
 */
export async function goldenFiles(
  vectors: readonly GoldenVector[],
  { size, labels, tolerance }: GoldenFacts,
): Promise<ExportedFile[]> {
  const files = await Promise.all(
    vectors.map(async ({ pixels }, i) => ({
      path: `golden-${i + 1}.png`,
      bytes: await encodePng(pixels, size),
    })),
  );
  return [
    { path: 'golden.json', bytes: goldenJson(vectors, { size, labels, tolerance }) },
    ...files,
  ];
}

/** The bytes of `golden.json`. */
function goldenJson(
  vectors: readonly GoldenVector[],
  { size, labels, tolerance }: GoldenFacts,
): Uint8Array<ArrayBuffer> {
  const golden = {
    size,
    input: 'RGB, pixel / 127.5 - 1',
    labels,
    tolerance,
    pictures: vectors.map(({ probabilities, appProbabilities, novelty }, i) => ({
      file: `golden-${i + 1}.png`,
      ...{ probabilities, appProbabilities, ...(novelty !== undefined && { novelty }) },
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(golden, undefined, 1)}\n`);
}

/**
 * A soft picture: a gradient of colours with a bright disc, each colour changing slowly.
 *
 * @param size side in pixels
 * @returns RGB, `[size, size, 3]`
 */
export function softPicture(size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const distance = Math.hypot(x - 0.6 * size, y - 0.45 * size) / size;
      const disc = distance < 0.25 ? 90 : 0;
      const at = (y * size + x) * 3;
      pixels[at] = 60 + Math.round((100 * x) / size) + disc;
      pixels[at + 1] = 50 + Math.round((90 * y) / size) + disc;
      pixels[at + 2] = 40 + Math.round((80 * (x + y)) / (2 * size)) + Math.round(disc / 2);
    }
  }
  return pixels;
}

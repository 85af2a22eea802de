import { Random } from '../src/platform/random.ts';
import type { PhotoPixels } from './photo-pixels.ts';
import { CLASSES } from './photo-pixels.ts';
import { LAST, PLACES, type ReadStatistics, type Statistics } from './layer-statistics.ts';

/** Photos of one kind in two classes. */
export interface SameKind {
  readonly name: string;
  readonly labels: readonly number[];
  readonly features: readonly Statistics[];
}

/** Names of groups of sets; see `sameKindSets`. */
export const SET_NAMES = ['marks', 'colours', 'clusters', 'kinds'] as const;
export type SetName = (typeof SET_NAMES)[number];

/** A photo of one kind, and where the base sees the animal. */
interface Seen {
  readonly rgba: Uint8ClampedArray;
  readonly features: Statistics;
  /** Weight of each place of the last map, row by row; their sum is 1. */
  readonly places: Float32Array;
}

/** Diameters of the marks in pixels of 224. */
const MARKS = [16, 32];
const RED = [200, 30, 40] as const;
const BLUE = [30, 60, 200] as const;
/** A class has this fraction of the photos, from one end of their order. */
const END = 1 / 3;
const CLUSTERS = 4;
const CLUSTER_STEPS = 30;

/**
 * Sets in which both classes are cats, or both dogs:
 *
 * - `marks`: dogs with a red disc on them against dogs without one, and against dogs with a blue one; of several
 *   sizes;
 * - `colours`: by the colour of the animal, which is the mean over the places where the base sees it: a third
 *   against another third;
 * - `clusters`: by what another network makes of them: the two largest of four clusters of its features.
 *
 * `kinds`, for comparison, is cats against dogs.
 */
export async function sameKindSets(
  photos: readonly PhotoPixels[],
  size: number,
  { base, other }: { readonly base: ReadStatistics; readonly other: ReadStatistics | undefined },
  wanted: ReadonlySet<SetName>,
): Promise<SameKind[]> {
  const sets: SameKind[] = [];
  const kinds: Seen[][] = [];
  for (const [label, kind] of CLASSES.entries()) {
    const pictures = photos.filter((photo) => photo.label === label).map(({ rgba }) => rgba);
    const seen = await look(pictures, base);
    kinds.push(seen);
    if (kind === 'dog' && wanted.has('marks')) sets.push(...(await marked(seen, size, base)));
    if (wanted.has('colours')) {
      const brightness = seen.map((photo) => colour(photo, size, ([r, g, b]) => r + g + b));
      sets.push(ends(`${kind}s, dark and light`, seen, brightness));
      const warmth = seen.map((photo) => colour(photo, size, ([r, g, b]) => (r - b) / (r + g + b)));
      sets.push(ends(`${kind}s, grey and ginger`, seen, warmth));
    }
    if (other && wanted.has('clusters')) {
      const theirs = (await other(pictures)).map((row) => row.get(`${LAST} mean`)!);
      const clusters = clustersOf(theirs);
      const [first, second] = largest(clusters);
      const rows = seen.filter((_, i) => clusters[i] === first || clusters[i] === second);
      const labels = clusters.filter((c) => c === first || c === second);
      sets.push({
        name: `${kind}s, two clusters`,
        labels: labels.map((c) => (c === first ? 0 : 1)),
        features: rows.map(({ features }) => features),
      });
    }
  }
  const labels = kinds.flatMap((seen, label) => seen.map(() => label));
  const features = kinds.flat().map((photo) => photo.features);
  return wanted.has('kinds') ? [...sets, { name: 'cats and dogs', labels, features }] : sets;
}

async function look(pictures: readonly Uint8ClampedArray[], read: ReadStatistics): Promise<Seen[]> {
  const rows = await read(pictures);
  return rows.map((features, i) => ({
    rgba: pictures[i]!,
    features,
    places: features.get(PLACES)!,
  }));
}

async function marked(seen: readonly Seen[], size: number, base: ReadStatistics) {
  const sets: SameKind[] = [];
  const half = Math.floor(seen.length / 2);
  const [plain, others] = [seen.slice(0, half), seen.slice(half)];
  const labels = seen.map((_, i) => (i < half ? 0 : 1));
  const withoutMark = plain.map(({ features }) => features);
  for (const diameter of MARKS) {
    const draw = (colour: typeof RED | typeof BLUE) => (photo: Seen, i: number) =>
      disc(photo, size, diameter, colour, new Random(i + 1));
    const red = await base(others.map(draw(RED)));
    const blue = await base(plain.map(draw(BLUE)));
    const of = `disc of ${diameter} px`;
    sets.push({
      name: `dogs, without and with a red ${of}`,
      labels,
      features: [...withoutMark, ...red],
    });
    sets.push({ name: `dogs, blue and red ${of}`, labels, features: [...blue, ...red] });
  }
  return sets;
}

/** A copy with a disc near the place that looks most like the animal. */
function disc(
  { rgba, places }: Seen,
  size: number,
  diameter: number,
  colour: readonly number[],
  random: Random,
): Uint8ClampedArray {
  const side = Math.sqrt(places.length);
  const cell = size / side;
  const best = places.indexOf(Math.max(...places));
  const x = ((best % side) + random.next()) * cell;
  const y = (Math.floor(best / side) + random.next()) * cell;
  const copy = rgba.slice();
  for (let at = 0; at < size * size; at++) {
    const distance = Math.hypot((at % size) - x, Math.floor(at / size) - y);
    if (distance < diameter / 2) copy.set(colour, 4 * at);
  }
  return copy;
}

/** The mean of something about the pixels, over the places where the animal is. */
function colour(
  { rgba, places }: Seen,
  size: number,
  of: (rgb: readonly [number, number, number]) => number,
): number {
  const side = Math.sqrt(places.length);
  const cell = size / side;
  const sums = [0, 0, 0];
  for (let at = 0; at < size * size; at++) {
    const place = Math.floor(Math.floor(at / size) / cell) * side + Math.floor((at % size) / cell);
    for (let c = 0; c < 3; c++) sums[c]! += rgba[4 * at + c]! * places[place]!;
  }
  return of([sums[0]!, sums[1]!, sums[2]!]);
}

/** The photos with the lowest values against those with the highest. */
function ends(name: string, seen: readonly Seen[], values: readonly number[]): SameKind {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const count = Math.floor(seen.length * END);
  const rows = [...order.slice(0, count), ...order.slice(-count)];
  return {
    name,
    labels: rows.map((_, i) => (i < count ? 0 : 1)),
    features: rows.map((row) => seen[row]!.features),
  };
}

/** The cluster of each vector's direction by k-means, from centres that are spread over the list. */
function clustersOf(all: readonly Float32Array[]): number[] {
  const vectors = all.map((vector) => {
    const length = Math.hypot(...vector);
    return vector.map((x) => x / length);
  });
  const centres = Array.from(
    { length: CLUSTERS },
    (_, c) => vectors[Math.floor((c * vectors.length) / CLUSTERS)]!,
  );
  let clusters: number[] = [];
  for (let step = 0; step < CLUSTER_STEPS; step++) {
    clusters = vectors.map((vector) => {
      const distances = centres.map((centre) => squaredDistance(vector, centre));
      return distances.indexOf(Math.min(...distances));
    });
    centres.forEach((_, c) => {
      const own = vectors.filter((_, i) => clusters[i] === c);
      if (own.length === 0) return;
      centres[c] = centres[c]!.map((_, k) => own.reduce((sum, v) => sum + v[k]!, 0) / own.length);
    });
  }
  return clusters;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

function largest(clusters: readonly number[]): number[] {
  const sizes = Array.from({ length: CLUSTERS }, (_, c) => clusters.filter((x) => x === c).length);
  return sizes.map((_, c) => c).sort((a, b) => sizes[b]! - sizes[a]!);
}

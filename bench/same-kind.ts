import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { run } from '../scripts/run-command.ts';
import { startWasm } from '../scripts/wasm-in-node.ts';
import { kernelLogits } from '../src/learning/optim/kernel-logistic.ts';
import { compareReading } from '../src/learning/training/choose-further.ts';
import { compareStrengths } from '../src/learning/training/choose-strength.ts';
import type { FurtherFeatures } from '../src/records/further-features.ts';
import { Random } from '../src/platform/random.ts';
import { PRESETS } from '../src/records/presets.ts';
import { OPENIMAGES_FURTHER } from '../scripts/bases/openimages/further.ts';
import { LAST, openStatistics, type Statistics } from './layer-statistics.ts';
import { readPixels } from './photo-pixels.ts';
import { sameKindSets, SET_NAMES, type SameKind } from './same-kind-sets.ts';

const USAGE = `npm run bench -- same-kind --photos DIR [--other FOLDER] [--per-class 3,10,30]
  [--draws 20] [--sets ${SET_NAMES.join(',')}] [--size 224] [--cache FILE]
DIR/train/{cat,dog} and DIR/test/{cat,dog} have the photos, which are used together. --other: another
network, whose clusters are classes too. --cache: a file that keeps the pixels of the photos.`;

/** Layers whose maps may say more than the last one. */
const LAYERS = ['block_3_project_BN', 'block_6_expand_relu', 'block_13_expand_relu'] as const;

const [EARLY, MIDDLE, LATE] = LAYERS;
const MEAN = `${LAST} mean`;

/** What a head learns from, by name; the first is what the app's head has. */
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  'the last map': [MEAN],
  'and its deviation': [MEAN, `${LAST} deviation`],
  'and block 13': [MEAN, `${LATE} mean`],
  'and block 6': [MEAN, `${MIDDLE} mean`],
  'and block 6, where seen': [MEAN, `${MIDDLE} seen`],
  'and block 3': [MEAN, `${EARLY} mean`],
  'and block 3, where seen': [MEAN, `${EARLY} seen`],
  'and 3, 6, where seen': [MEAN, `${EARLY} seen`, `${MIDDLE} seen`],
};
const FIRST = Object.keys(CANDIDATES)[0]!;

/** The head with the block that is chosen against the last map alone, on the training photos. */
const CHOSEN = 'and block 6, where seen';
const FOLDS = 4;
/** Nats by which it must be better, as for the head alone in `PRESETS.quick.prior`. */
const DOUBT = 2;

/** What the app does: with the further features of the base, and as it chooses. */
const IN_APP = ['the app’s further features', 'as the app chooses'] as const;

/**
 * Accuracy of heads that tell two classes of one kind apart, by what they learn from: the last map's
 * mean, as in the app, and with it other statistics of it and of earlier maps. Heads are at the minimum
 * of their loss, on photos without their mirror images.
 */
export async function sameKind(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      other: { type: 'string' },
      sets: { type: 'string', default: SET_NAMES.join(',') },
      'per-class': { type: 'string', default: '3,10,30' },
      draws: { type: 'string', default: '20' },
      size: { type: 'string', default: '224' },
      cache: { type: 'string' },
    },
  });
  const { photos, other, cache } = values;
  const wantedSets = SET_NAMES.filter((name) => values.sets.split(',').includes(name));
  if (photos === undefined) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  startWasm();
  await tf.setBackend('wasm');
  const size = Number(values.size);
  const base = await openStatistics(join('bases', 'openimages'), LAYERS, size);
  const theirs = other === undefined ? undefined : await openStatistics(other, [], size);
  const pixels = await readPixels(photos, size, cache);
  const networks = { base, other: theirs };

  const sets = await sameKindSets(pixels, size, networks, new Set(wantedSets));
  const draws = Number(values.draws);
  const wanted = values['per-class'].split(',').map(Number);
  for (const set of sets) {
    const [first, second] = [0, 1].map((label) => set.labels.filter((l) => l === label).length);
    console.log(`\n${set.name} (${first} and ${second} photos)`);
    const rows = [...Object.keys(CANDIDATES), `chosen: ${CHOSEN}`, ...IN_APP].map((name) => [name]);
    for (const perClass of wanted.filter((count) => count < Math.min(first!, second!))) {
      const found = await compare(set, perClass, draws);
      rows.forEach((row, i) => row.push(found[i]!.toFixed(3)));
    }
    for (const [name, ...figures] of rows) console.log(name!.padEnd(34), figures.join('  '));
  }
}

/**
 * Mean accuracy of each candidate, both classes counting equally, then of the one that each draw would choose,
 * and at last of `IN_APP`.
 */
async function compare(set: SameKind, perClass: number, draws: number): Promise<number[]> {
  const count = set.labels.length;
  const blocks = new Map<string, Float64Array>();
  let wanted: number | undefined;
  for (const name of new Set(Object.values(CANDIDATES).flat())) {
    const gram = gramOf(
      set.features.map((row) => row.get(name)!),
      wanted,
    );
    // The first one is that of the app, and the others count as much.
    wanted ??= traceOf(gram) / count;
    blocks.set(name, gram);
  }
  const names = Object.keys(CANDIDATES);
  const grams = names.map((name) => sum(CANDIDATES[name]!.map((block) => blocks.get(block)!)));
  const inApp = set.features.map((row) => appFeatures(row, OPENIMAGES_FURTHER));
  const both = gramOf(inApp);
  const totals = [...names, CHOSEN, ...IN_APP].map(() => 0);
  for (let seed = 1; seed <= draws; seed++) {
    const random = new Random(seed);
    const rows = [0, 1].flatMap((label) => {
      const own = set.labels.flatMap((each, i) => (each === label ? [i] : []));
      return random.shuffle(own).slice(0, perClass);
    });
    const accuracyOf = (gram: Float64Array) => {
      const logits = logitsOf(gram, set.labels, rows);
      const others = set.labels.map((_, i) => i).filter((i) => !rows.includes(i));
      const recalls = [0, 1].map((label) => {
        const own = others.filter((i) => set.labels[i] === label);
        return own.filter((i) => logits[i]! > 0 === (label === 1)).length / own.length;
      });
      return (recalls[0]! + recalls[1]!) / 2;
    };
    const accuracies = grams.map(accuracyOf);
    const [alone, wide] = [FIRST, CHOSEN].map((name) => names.indexOf(name));
    const gain =
      heldOutLoss(grams[alone!]!, set.labels, rows) - heldOutLoss(grams[wide!]!, set.labels, rows);
    accuracies.push(accuracies[gain > DOUBT ? wide! : alone!]!);
    const { helps } = await chooseAsApp(set, rows, inApp);
    accuracies.push(accuracyOf(both));
    accuracies.push(accuracyOf(helps ? both : grams[alone!]!));
    accuracies.forEach((accuracy, i) => (totals[i]! += accuracy / draws));
  }
  return totals;
}

/** The features of the last map, and behind them the further features. */
function appFeatures(row: Statistics, { layer, scale }: FurtherFeatures): Float32Array {
  const more = row.get(`${layer} mean`)!.map((mean) => mean * scale);
  return Float32Array.of(...row.get(MEAN)!, ...more);
}

/** What the app would choose on these photos. */
async function chooseAsApp(
  { labels, features }: SameKind,
  rows: readonly number[],
  inApp: readonly Float32Array[],
) {
  const { l2, priorTemperature, furtherDoubt } = PRESETS.quick;
  const candidate = { strength: 0, doubt: 0, l2, biasL2: 0 };
  const lossOf = async (vectorOf: (row: number) => Float32Array) => {
    const evidence = {
      photos: rows.map((row) => ({ id: String(row), label: labels[row]!, group: String(row) })),
      features: Float32Array.from(rows.flatMap((row) => [...vectorOf(row)])),
      known: new Float32Array(rows.length),
      priorTemperature,
    };
    const compared = await compareStrengths(evidence, [candidate], () => Promise.resolve());
    return { loss: compared.trials[0]!.loss, count: compared.count };
  };
  const alone = await lossOf((row) => features[row]!.get(MEAN)!);
  return compareReading(alone, () => lossOf((row) => inApp[row]!), furtherDoubt!);
}

/** Summed cross-entropy of training photos that a head did not learn from, in nats. */
function heldOutLoss(
  gram: Float64Array,
  labels: readonly number[],
  rows: readonly number[],
): number {
  let total = 0;
  // The rows of each class follow each other, so each fold has as many of each.
  for (let fold = 0; fold < FOLDS; fold++) {
    const isOut = (i: number) => (i % (rows.length / 2)) % FOLDS === fold;
    const learned = rows.filter((_, i) => !isOut(i));
    if (learned.length === 0 || learned.length === rows.length) continue;
    const logits = logitsOf(gram, labels, learned);
    for (const row of rows.filter((_, i) => isOut(i))) {
      const margin = (logits[row]! / PRESETS.quick.priorTemperature) * (labels[row] === 1 ? 1 : -1);
      total += Math.log1p(Math.exp(-margin));
    }
  }
  return total;
}

function logitsOf(gram: Float64Array, labels: readonly number[], rows: readonly number[]) {
  const count = labels.length;
  return kernelLogits({
    ...{ gram: centred(gram, count, rows), count, rows, labels, outputs: 1 },
    ...{ offsets: new Float64Array(count), l2: PRESETS.quick.l2, biasL2: 0 },
  });
}

/** Inner products of the features less the mean of some rows. */
function centred(gram: Float64Array, count: number, rows: readonly number[]): Float64Array {
  const means = Float64Array.from({ length: count }, (_, i) => {
    return rows.reduce((total, row) => total + gram[i * count + row]!, 0) / rows.length;
  });
  const mean = rows.reduce((total, row) => total + means[row]!, 0) / rows.length;
  return gram.map(
    (value, at) => value - means[Math.floor(at / count)]! - means[at % count]! + mean,
  );
}

/**
 * Inner products of feature vectors less their mean.
 *
 * @param wanted the vectors are scaled as a whole, so that this is their mean squared distance from
 *   their mean; as they are by default
 */
function gramOf(vectors: readonly Float32Array[], wanted?: number): Float64Array {
  const count = vectors.length;
  const length = vectors[0]!.length;
  const mean = new Float64Array(length);
  for (const vector of vectors) vector.forEach((x, k) => (mean[k]! += x / count));
  const own = vectors.map((vector) => Float64Array.from(vector, (x, k) => x - mean[k]!));
  const factor = wanted === undefined ? 1 : wanted / spreadOf(own);
  const gram = new Float64Array(count ** 2);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let k = 0; k < length; k++) product += own[a]![k]! * own[b]![k]!;
      gram[a * count + b] = gram[b * count + a] = product * factor;
    }
  }
  return gram;
}

/** Mean squared distance from the mean, which is 0. */
function spreadOf(vectors: readonly Float64Array[]): number {
  const squares = vectors.map((vector) => vector.reduce((total, x) => total + x * x, 0));
  return squares.reduce((total, square) => total + square, 0) / vectors.length;
}

function traceOf(gram: Float64Array): number {
  const count = Math.sqrt(gram.length);
  return gram.reduce((total, x, at) => (at % (count + 1) === 0 ? total + x : total), 0);
}

function sum(grams: readonly Float64Array[]): Float64Array {
  return grams[0]!.map((_, i) => grams.reduce((total, gram) => total + gram[i]!, 0));
}

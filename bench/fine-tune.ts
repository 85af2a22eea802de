import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { run } from '../scripts/run-command.ts';
import { startWasm } from '../scripts/wasm-in-node.ts';
import { DeviceWatch } from '../src/learning/backend/device-watch.ts';
import { fitTemperature } from '../src/learning/evaluate/temperature.ts';
import { mixWeights } from '../src/learning/fine-tune/fine-tune.ts';
import { splitNetwork } from '../src/learning/fine-tune/split-network.ts';
import { TailLearner } from '../src/learning/fine-tune/tail-learner.ts';
import { HeadPrior } from '../src/learning/head/head-prior.ts';
import { trainHead } from '../src/learning/head/train-head.ts';
import { loadLayers } from '../src/learning/model-files/load-layers.ts';
import { runEpochs } from '../src/learning/optim/epoch-loop.ts';
import { hyperparametersOf } from '../src/learning/optim/hyperparameters.ts';
import { packState, unpackState } from '../src/learning/optim/state-bytes.ts';
import { Random } from '../src/platform/random.ts';
import { RunControl } from '../src/platform/run-control.ts';
import type { TrainingPlan } from '../src/records/checkpoint.ts';
import { PRESETS } from '../src/records/presets.ts';
import type { Prior } from '../src/records/prior.ts';
import { readBase, type BaseInNode } from './base-in-node.ts';
import { Boundaries, MemoryTuning } from './memory-tuning.ts';
import { CLASSES, readPixels, type PhotoPixels } from './photo-pixels.ts';

const USAGE = `npm run bench -- fine-tune --photos DIR [--on folds|test] [--from block_11_expand_relu]
  [--rates 1e-5] [--epochs 10] [--alphas 0.25,0.5,0.75,1] [--prior on|off|both] [--size 224]
  [--cache FILE]
DIR/train/{cat,dog} and DIR/test/{cat,dog} have the photos. --on: each half of the training photos
tests what learned from the other half, or the test photos test what learned from all of them. --from:
first layer that is trained. --alphas: weights of the tuned weights in the mean with those from before.
--cache: a file that keeps the pixels of the photos.`;

interface Setting {
  readonly from: string;
  readonly rate: number;
  readonly epochs: number;
  readonly alphas: readonly number[];
  readonly prior: boolean;
}

/** Logits of tested photos by the name of the weights, and their labels. */
interface Tested {
  readonly logits: Map<string, number[]>;
  readonly labels: number[];
}

/**
 * What fine-tuning gains with Quick's head, by the app's own training loop and gradients, on wasm in
 * Node: accuracy and loss of the head, after each epoch, and of means of the weights.
 */
export async function fineTuning(args: string[]): Promise<void> {
  const { tuning } = PRESETS.quick;
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      on: { type: 'string', default: 'folds' },
      from: { type: 'string', default: 'block_11_expand_relu' },
      rates: { type: 'string', default: String(tuning.learningRate) },
      epochs: { type: 'string', default: String(tuning.epochs) },
      alphas: { type: 'string', default: '0.25,0.5,0.75,1' },
      prior: { type: 'string', default: 'both' },
      size: { type: 'string', default: '224' },
      cache: { type: 'string' },
    },
  });
  const { photos, on, from, cache } = values;
  const priors = { on: [true], off: [false], both: [true, false] }[values.prior];
  if (photos === undefined || !priors || !['folds', 'test'].includes(on)) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  startWasm();
  await tf.setBackend('wasm');
  const size = Number(values.size);
  const all = await readPixels(photos, size, cache);
  const base = await readBase(join('bases', 'openimages'));
  const network = splitNetwork(await loadLayers(base.artifacts, size), from);
  const boundaries = new Boundaries(all, size, network);
  const initial = await packState(variablesOf(network), new DeviceWatch());
  for (const prior of priors) {
    for (const rate of values.rates.split(',').map(Number)) {
      const alphas = values.alphas.split(',').map(Number);
      const setting = { from, rate, epochs: Number(values.epochs), alphas, prior };
      const tested: Tested = { logits: new Map(), labels: [] };
      for (const splits of on === 'test' ? [testSplits(all)] : halves(all)) {
        unpackState(variablesOf(network), initial);
        await tune(setting, { all, splits, base, network, boundaries, tested });
      }
      print(setting, tested);
    }
  }
}

function variablesOf({ tail }: ReturnType<typeof splitNetwork>) {
  return tail.parameters.map(({ variable }) => variable);
}

interface Splits {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

function testSplits(all: readonly PhotoPixels[]): Splits {
  const of = (split: string) => all.flatMap((photo, i) => (photo.split === split ? [i] : []));
  return { train: of('train'), validation: of('test') };
}

/** Two halves of the training photos of each class, each of them once to be tested. */
function halves(all: readonly PhotoPixels[]): Splits[] {
  const rows: [number[], number[]] = [[], []];
  for (const label of CLASSES.keys()) {
    const { train } = testSplits(all);
    const own = new Random(1).shuffle(train.filter((row) => all[row]!.label === label));
    own.forEach((row, i) => rows[i % 2 === 0 ? 0 : 1].push(row));
  }
  const [first, second] = rows;
  return [
    { train: first, validation: second },
    { train: second, validation: first },
  ];
}

interface Trial {
  readonly all: readonly PhotoPixels[];
  readonly splits: Splits;
  readonly base: BaseInNode;
  readonly network: ReturnType<typeof splitNetwork>;
  readonly boundaries: Boundaries;
  readonly tested: Tested;
}

async function tune(setting: Setting, trial: Trial): Promise<void> {
  const { all, splits, base, network, boundaries, tested } = trial;
  const { tail } = network;
  const watch = new DeviceWatch();
  const plan = planOf(setting, splits, base);
  const prior = HeadPrior.of(plan, base.known);
  const data = new MemoryTuning(all, boundaries, splits, prior);
  const started = tail.freeze();
  const control = new RunControl();
  const events = { control, onEpoch: () => undefined };
  const headPlan = { ...plan, photos: data.photos };
  const { head } = await trainHead(headPlan, data.through(started), watch, events);
  started.dispose();
  const learner = new TailLearner(tail, head, data, plan.hyperparameters, watch, prior);
  const labels = splits.validation.map((row) => all[row]!.label);
  tested.labels.push(...labels);
  const add = async (name: string) => {
    const found = tested.logits.get(name) ?? [];
    tested.logits.set(name, [...found, ...Array.from(await learner.validate())]);
  };
  await add('head');
  const before = await packState(learner.variables, watch);
  const { rate, epochs, alphas } = setting;
  const began = performance.now();
  await runEpochs({
    ...events,
    learner,
    labels: { train: data.photos.train.map(({ label }) => label), validation: labels },
    hyperparameters: { batchSize: 32, learningRate: rate, schedule: 'cosine', epochs },
    variantsOf: () => plan.hyperparameters.variants,
    keep: 'last',
    readEachBatch: true,
    random: new Random(1),
    watch,
    onEpoch: (history) => {
      const { epoch, loss, validationAccuracy, validationLoss } = history.at(-1)!;
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      console.log(
        `  epoch ${epoch}: ${loss.toFixed(4)}, tested ${validationAccuracy!.toFixed(4)} ${validationLoss!.toFixed(4)}, ${seconds} s`,
      );
    },
  });
  const tuned = await packState(learner.variables, watch);
  for (const alpha of alphas) {
    unpackState(learner.variables, tuned);
    await mixWeights(learner.variables, before, alpha, watch);
    await add(`alpha ${alpha}`);
  }
  head.dispose();
  prior?.dispose();
}

function planOf(
  { prior, from }: Setting,
  { train }: Splits,
  { spec }: BaseInNode,
): Omit<TrainingPlan, 'photos'> {
  const { knows } = spec;
  const withPrior = prior && knows ? { prior: priorOf(knows) } : {};
  return {
    ...{ modelId: '', tunedModelId: '', startedAt: 0 },
    base: { id: spec.name, inputSize: 0, featureSpaceId: '' },
    classes: CLASSES.map((id, palette) => ({ id, name: id, palette })),
    hyperparameters: hyperparametersOf(
      { preset: 'quick', fineTuning: true },
      from,
      prior ? train.length : undefined,
    ),
    ...withPrior,
  };
}

/** At the strength that nearly every training chooses. */
function priorOf({ anchors, pooling, classes }: NonNullable<BaseInNode['spec']['knows']>): Prior {
  const matched = CLASSES.map((id) => ({ id, index: classes.findIndex((each) => each.id === id) }));
  return {
    strength: PRESETS.quick.prior!.strengths[0]!.strength,
    anchors,
    pooling,
    classes: matched,
  };
}

function print({ from, rate, prior }: Setting, { logits, labels }: Tested): void {
  console.log(`${prior ? 'with' : 'without'} the prior, from ${from}, ${rate}: accuracy (loss)`);
  for (const [name, values] of logits) {
    const right = labels.filter((label, i) => values[i]! > 0 === (label === 1)).length;
    const { loss } = fitTemperature(values, labels, PRESETS.quick.priorTemperature);
    const accuracy = (right / labels.length).toFixed(4);
    console.log(`${name.padStart(12)}  ${accuracy} (${loss.after.toFixed(4)})`);
  }
}

import { parseArgs } from 'node:util';
import { Random } from '../src/platform/random.ts';
import { PRESETS } from '../src/records/presets.ts';
import {
  bestStrength,
  compareStrengths,
  type StrengthCandidate,
} from '../src/learning/training/choose-strength.ts';
import { readExamples } from './prior-examples.ts';
import { logitsOfHeads, meanLoss, type Example } from './prior-head.ts';

const USAGE = `npm run bench -- prior --photos DIR [--per-class 1,3,10,50] [--draws 10] [--size 224]
  [--case photos|contradicted|nothing|mislabelled] [--on rest|test] [--cache FILE]
DIR/train/{cat,dog} and DIR/test/{cat,dog} have the photos. --case: what the base says of them is left
as it is, or is the opposite, or is noise, or one label in ten is wrong. --on: the heads are tested on
the rest of the training photos, or on the test photos. --cache: a file that keeps what the app computed
of the photos, and is read the next time.`;

/** Temperatures that are tried. */
const TEMPERATURES = [0.3, 0.4, 0.55, 0.75, 1, 1.25, 1.5, 2, 3];

const WRONG_LABELS = 0.1;

/** What a case makes of the training photos of a draw, and of the photos that test the head. */
type Case = (photo: Example, random: Random, isTraining: boolean) => Example;

const CASES: Readonly<Record<string, Case>> = {
  photos: (photo) => photo,
  contradicted: (photo) => ({ ...photo, known: -photo.known }),
  nothing: (photo, random) => ({ ...photo, known: 4 * random.next() - 2 }),
  mislabelled: (photo, random, isTraining) =>
    isTraining && random.next() < WRONG_LABELS ? { ...photo, label: 1 - photo.label } : photo,
};

/** How a head did in one draw. */
interface Result {
  readonly strength: number;
  readonly isChosen: boolean;
  readonly accuracy: number;
  /** At each of `TEMPERATURES`. */
  readonly losses: readonly number[];
}

/**
 * The strengths of a prior that Quick chooses from, and the app's own choice for the training photos
 * of each draw. Features and known logits come from the app; the heads are at the minimum of their loss
 * (prior-head.ts), so that many are a matter of seconds.
 */
export async function prior(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      'per-class': { type: 'string', default: '1,3,10,50' },
      draws: { type: 'string', default: '10' },
      size: { type: 'string', default: '224' },
      case: { type: 'string', default: 'photos' },
      on: { type: 'string', default: 'rest' },
      cache: { type: 'string' },
    },
  });
  const { photos, on, cache } = values;
  const change = CASES[values.case];
  if (photos === undefined || !change || !['rest', 'test'].includes(on)) throw new Error(USAGE);
  const { train, test } = await readExamples(photos, Number(values.size), cache);
  console.log('\nper class  strength  chosen  accuracy    worst  temperature    loss');
  for (const perClass of values['per-class'].split(',').map(Number)) {
    const results: Result[] = [];
    for (let seed = 1; seed <= Number(values.draws); seed++) {
      const random = new Random(seed);
      const shuffled = [0, 1].map((label) =>
        random.shuffle(train.filter((e) => e.label === label)),
      );
      const learned = shuffled
        .flatMap((own) => own.slice(0, perClass))
        .map((photo) => change(photo, random, true));
      const others = (on === 'test' ? test : shuffled.flatMap((own) => own.slice(perClass))).map(
        (photo) => change(photo, random, false),
      );
      results.push(...(await compare(learned, others)));
    }
    print(perClass, results);
  }
}

/** Trains a head of each strength on some photos, and tests it on others. */
async function compare(learned: readonly Example[], others: readonly Example[]): Promise<Result[]> {
  const candidates = candidatesFor(learned.length);
  const { trials, count } = await compareStrengths(
    {
      photos: learned.map(({ label }, i) => ({ id: String(i), label, group: String(i) })),
      features: Float32Array.from(learned.flatMap(({ features }) => [...features])),
      known: Float32Array.from(learned, ({ known }) => known),
      priorTemperature: PRESETS.quick.priorTemperature,
    },
    candidates,
    () => Promise.resolve(),
  );
  const best = bestStrength(trials, candidates, count);
  const heads = logitsOfHeads(learned, others, candidates);
  return candidates.map((candidate, i) => {
    const logits = heads[i]!;
    const right = others.filter(({ label }, row) => logits[row]! > 0 === (label === 1)).length;
    return {
      strength: candidate.strength,
      isChosen: candidate === best,
      accuracy: right / others.length,
      losses: TEMPERATURES.map((temperature) => meanLoss(others, logits, temperature)),
    };
  });
}

/** As Quick has them for so many training photos. */
function candidatesFor(photos: number): StrengthCandidate[] {
  const { l2, prior } = PRESETS.quick;
  const { strengths, kernelPrecision, biasPrecision } = prior!;
  return strengths.map(({ strength, doubt }) => ({
    ...{ strength, doubt },
    l2: strength === 0 ? l2 : kernelPrecision / photos,
    biasL2: strength === 0 ? 0 : biasPrecision / photos,
  }));
}

/** A line for each strength, and one for the choice. */
function print(perClass: number, results: readonly Result[]): void {
  const line = (name: string, rows: readonly Result[], chosen: string) => {
    const mean = (of: (row: Result) => number) =>
      rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    const losses = TEMPERATURES.map((_, t) => mean(({ losses }) => losses[t]!));
    const loss = Math.min(...losses);
    const columns = [
      String(perClass).padStart(9),
      name.padStart(8),
      chosen.padStart(6),
      mean(({ accuracy }) => accuracy)
        .toFixed(4)
        .padStart(8),
      Math.min(...rows.map(({ accuracy }) => accuracy))
        .toFixed(4)
        .padStart(7),
      String(TEMPERATURES[losses.indexOf(loss)]).padStart(11),
      loss.toFixed(4).padStart(6),
    ];
    console.log(columns.join('  '));
  };
  for (const strength of new Set(results.map((row) => row.strength))) {
    const rows = results.filter((row) => row.strength === strength);
    line(String(strength), rows, String(rows.filter(({ isChosen }) => isChosen).length));
  }
  line(
    'chosen',
    results.filter(({ isChosen }) => isChosen),
    '',
  );
}

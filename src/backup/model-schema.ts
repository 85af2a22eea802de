import * as v from 'valibot';
import { outputsFor } from '../records/class.ts';
import type {
  EpochMetrics,
  Evaluation,
  FineTuningOptions,
  FineTuningResult,
  Hyperparameters,
  ModelRecord,
  Objection,
  Outcome,
  StageSeconds,
} from '../records/model.ts';
import type { FurtherChoice, FurtherFeatures } from '../records/further-features.ts';
import type { Prior, PriorChoice } from '../records/prior.ts';
import {
  className,
  count,
  finite,
  fraction,
  hash,
  id,
  longWord,
  moment,
  palette,
  side,
  word,
} from './schema-parts.ts';

const metrics = {
  validationLoss: v.exactOptional(finite),
  validationAccuracy: v.exactOptional(fraction),
};
const validation = v.object(metrics);
const epoch: v.GenericSchema<unknown, EpochMetrics> = v.object({
  epoch: count,
  loss: finite,
  accuracy: fraction,
  ...metrics,
});
const history = v.pipe(v.array(epoch), v.maxLength(10_000));

const fineTuningOptions: v.GenericSchema<unknown, FineTuningOptions> = v.object({
  fromLayer: longWord,
  epochs: count,
  batchSize: count,
  learningRate: finite,
  alpha: v.exactOptional(fraction),
});

const hyperparameters: v.GenericSchema<unknown, Hyperparameters> = v.object({
  preset: word,
  epochs: count,
  batchSize: count,
  learningRate: finite,
  schedule: v.picklist(['constant', 'cosine']),
  l2: finite,
  biasL2: v.exactOptional(finite),
  dropout: fraction,
  centred: v.boolean(),
  priorTemperature: finite,
  variants: v.array(word),
  augmentation: v.picklist(['all', 'fresh']),
  askedVariants: v.array(word),
  classWeights: v.exactOptional(v.literal('balanced')),
  seed: finite,
  fineTuning: v.exactOptional(fineTuningOptions),
  startsFrom: v.exactOptional(id),
});

const outcome: v.GenericSchema<unknown, Outcome> = v.object({
  photoId: id,
  truth: count,
  answer: count,
  probability: fraction,
});

const evaluation: v.GenericSchema<unknown, Evaluation> = v.object({
  count,
  correct: count,
  loss: finite,
  confusion: v.array(v.array(count)),
  reliability: v.array(
    v.object({
      low: fraction,
      high: fraction,
      count,
      confidence: v.exactOptional(fraction),
      accuracy: v.exactOptional(fraction),
    }),
  ),
  calibrationError: fraction,
  mistakes: v.array(outcome),
  outcomes: v.exactOptional(v.array(outcome)),
});

const fineTuningResult: v.GenericSchema<unknown, FineTuningResult> = v.object({
  options: fineTuningOptions,
  trainableParameters: count,
  history,
  epoch: count,
  divergedAtEpoch: v.exactOptional(count),
  before: validation,
  after: validation,
  kept: v.boolean(),
  headModelId: id,
  seconds: finite,
});

const spent = v.exactOptional(v.pipe(finite, v.minValue(0)));
const stageSeconds: v.GenericSchema<unknown, StageSeconds> = v.object({
  features: spent,
  head: spent,
  evaluation: spent,
  saving: spent,
  boundaries: spent,
  fineTuning: spent,
});

const objection: v.GenericSchema<unknown, Objection> = v.variant('kind', [
  v.object({ kind: v.literal('fewer-right'), count, correct: count, correctInUse: count }),
  v.object({ kind: v.literal('guesses') }),
]);

const prior: v.GenericSchema<unknown, Prior> = v.object({
  strength: finite,
  anchors: v.pipe(count, v.minValue(1), v.maxValue(100)),
  pooling: v.picklist(['log-sum-exp', 'mean']),
  classes: v.array(v.nullable(v.object({ id: word, index: v.pipe(count, v.maxValue(99_999)) }))),
  presentFrom: v.exactOptional(finite),
});

const priorChoice: v.GenericSchema<unknown, PriorChoice> = v.object({
  known: v.array(v.nullable(word)),
  trials: v.pipe(
    v.array(v.object({ strength: finite, l2: finite, loss: finite })),
    v.maxLength(100),
  ),
  count,
});

const further: v.GenericSchema<unknown, FurtherFeatures> = v.object({
  layer: longWord,
  length: v.pipe(count, v.minValue(1)),
  scale: v.pipe(finite, v.gtValue(0)),
});

const furtherChoice: v.GenericSchema<unknown, FurtherChoice> = v.object({
  alone: finite,
  together: v.exactOptional(finite),
  count,
});

/** Checks a model, including that its tables and its head fit its number of classes. */
export const modelRecord: v.GenericSchema<unknown, ModelRecord> = v.pipe(
  v.object({
    id,
    name: className,
    createdAt: moment,
    imported: v.exactOptional(v.literal(true)),
    base: v.object({
      id: word,
      name: v.exactOptional(word),
      inputSize: side,
      featureSpaceId: longWord,
    }),
    classes: v.pipe(
      v.array(v.object({ id, name: className, palette })),
      v.minLength(2),
      v.maxLength(8),
    ),
    hyperparameters,
    history,
    divergedAtEpoch: v.exactOptional(count),
    fineTuning: v.exactOptional(fineTuningResult),
    temperature: v.pipe(finite, v.gtValue(0)),
    test: v.exactOptional(evaluation),
    testedElsewhere: v.exactOptional(
      v.pipe(
        v.object({ count, correct: count }),
        v.check(({ count, correct }) => correct <= count),
      ),
    ),
    testFromSet: v.exactOptional(count),
    objection: v.exactOptional(objection),
    prior: v.exactOptional(prior),
    priorChoice: v.exactOptional(priorChoice),
    further: v.exactOptional(further),
    furtherChoice: v.exactOptional(furtherChoice),
    trainingSetHash: word,
    photoIds: v.object({ train: v.array(id), validation: v.array(id), test: v.array(id) }),
    backend: word,
    seconds: finite,
    stageSeconds: v.exactOptional(stageSeconds),
    weights: v.array(
      v.object({ name: longWord, shape: v.array(count), dtype: v.literal('float32') }),
    ),
    sha256: hash,
  }),
  v.check((model) => hasConsistentShapes(model)),
);

/** Whether all class indexes, tables and the kernel of a model fit its number of classes. */
function hasConsistentShapes({ classes, test, weights, prior, further }: ModelRecord): boolean {
  const outputs = outputsFor(classes.length);
  const kernel = weights.find(({ name }) => name === 'dense/kernel');
  if (kernel?.shape.at(-1) !== outputs) return false;
  const lastMapLength = (kernel.shape[0] ?? 0) - (further?.length ?? 0);
  if (lastMapLength < 1) return false;
  if (prior && !hasPredictor(prior, { classes, weights, lastMapLength })) return false;
  if (!test) return true;
  const { confusion, mistakes, outcomes = [] } = test;
  return (
    confusion.length === classes.length &&
    confusion.every((row) => row.length === classes.length) &&
    [...mistakes, ...outcomes].every(
      ({ truth, answer }) => Math.max(truth, answer) < classes.length,
    )
  );
}

/**
 * Whether a prior has a known class or `null` for each class, and the weights of its predictor.
 *
 * @param model `lastMapLength`: number of features of the last map
 */
function hasPredictor(
  { classes: matched, anchors }: Prior,
  {
    classes,
    weights,
    lastMapLength: length,
  }: Pick<ModelRecord, 'classes' | 'weights'> & { readonly lastMapLength: number },
): boolean {
  const known = new Set(matched.flatMap((each) => (each ? [each.id] : [])));
  const shapeOf = (name: string) => weights.find((weight) => weight.name === name)?.shape;
  return (
    matched.length === classes.length &&
    known.size > 0 &&
    shapeOf('known/kernel')?.join() === [length, known.size * anchors].join() &&
    shapeOf('known/bias')?.join() === String(known.size * anchors)
  );
}
